#!/usr/bin/env bash
# Everything that must be green: ./hub test [STEP...]  (without a step: all of them)
# Each step is a function `step_NAME`; its title is the comment line above it.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root" || exit 1

services=registry-sync-service,marketplace-service,operations-service,projection-service

# The tools that the tests need
step_tools() {
  local missing=0
  need mvn maven "install Maven 3.8 or newer" || missing=1
  need node nodejs "install Node 20 or newer" || missing=1
  need npm npm "install npm" || missing=1
  need nats-server nats-server "put nats-server 2.9 or newer on PATH" || missing=1
  need chromium chromium "put a 'chromium' program on PATH" || missing=1
  return $missing
}

# Java modules: build, style rules, unit and integration tests
step_java() {
  mvn -B -ntp verify
}

# The same on JDK 25
step_java25() {
  local home
  home=$(jdk25) || { echo "no JDK 25 found: set JAVA25_HOME to run this step here"; return 0; }
  JAVA_HOME=$home mvn -B -ntp verify
}

# Native image: the sources of all four services can be generated
step_native() {
  mvn -B -ntp -q -Dquick -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true \
    -pl "$services" -am package
}

# End to end: real processes, real browser
step_e2e() {
  (cd deploy/e2e && npm ci --no-audit --no-fund && npm test)
}

all_steps=(tools java java25 native e2e)

# Takes a program from PATH (or where only root has it), else installs its package.
need() {
  local program=$1 package=$2 otherwise=$3
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  command -v "$program" >/dev/null && return 0
  echo "$program is missing, installing the package $package"
  install_package "$package" && command -v "$program" >/dev/null && return 0
  echo "error: $program is missing and could not be installed by this user" >&2
  echo "  way out: install the package '$package' with your system's package manager" >&2
  echo "  way out: $otherwise" >&2
  return 1
}

install_package() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ] && ! command -v brew >/dev/null; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  if command -v apt-get >/dev/null; then
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$1"
  elif command -v dnf >/dev/null; then
    "${as_root[@]}" dnf install -y -q "$1"
  elif command -v apk >/dev/null; then
    "${as_root[@]}" apk add -q "$1"
  elif command -v brew >/dev/null; then
    brew install -q "$1"
  else
    return 1
  fi
}

jdk25() {
  local home
  for home in "${JAVA25_HOME:-}" /usr/lib/jvm/*25*; do
    [ -n "$home" ] && [ -x "$home/bin/javac" ] &&
      "$home/bin/java" -version 2>&1 | grep -q 'version "25' && echo "$home" && return 0
  done
  return 1
}

title_of() {
  grep -B1 "^step_$1()" "${BASH_SOURCE[0]}" | sed -n '1s/^# //p'
}

results=()
failed=0
run_step() {
  local name=$1 start=$SECONDS outcome=ok
  echo
  echo "== $name: $(title_of "$name")"
  "step_$name" || { outcome=FAILED; failed=1; }
  results+=("$(printf '%-8s %-7s %5d s  %s' "$name" "$outcome" $((SECONDS - start)) \
    "$(title_of "$name")")")
  [ "$outcome" = ok ]
}

steps=("$@")
[ $# -gt 0 ] || steps=("${all_steps[@]}")
for name in "${steps[@]}"; do
  if ! declare -F "step_$name" >/dev/null; then
    echo "error: there is no step '$name'" >&2
    echo "  way out: choose from: ${all_steps[*]}" >&2
    exit 2
  fi
done
for name in "${steps[@]}"; do
  # Without its tools nothing else could say anything true.
  run_step "$name" || [ "$name" != tools ] || break
done

echo
echo "== summary"
printf '%s\n' "${results[@]}"
[ "$failed" -eq 0 ] && echo "all green" || echo "NOT green"
exit "$failed"
