#!/usr/bin/env bash
# Everything that says whether the hub works: what `.ci/run` runs and what a person runs.
#   ./hub test            all steps
#   ./hub test STEP…      only these: tools, verify, fuzz, panel, e2e, chaos, native, jdk25
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
export PATH=$PATH:/usr/sbin:/sbin PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
maven="mvn -B -ntp"
results=()

fail() {
  echo "error: $1" >&2
  shift
  for way in "$@"; do echo "  way out: $way" >&2; done
  exit 1
}

# Runs one step under a title, and notes how long it took.
step() {
  local title=$1 started=$SECONDS
  shift
  printf '\n=== %s\n' "$title"
  if "$@"; then
    results+=("$(printf '  ok    %4d s  %s' $((SECONDS - started)) "$title")")
  else
    results+=("$(printf '  FAIL  %4d s  %s' $((SECONDS - started)) "$title")")
    summary
    exit 1
  fi
}

summary() {
  printf '\n=== summary (%d s)\n' "$SECONDS"
  printf '%s\n' "${results[@]}"
  counted
}

# Adds up the reports of Surefire, so that the last line counts what was run.
counted() {
  find . -path '*/target/surefire-reports/TEST-*.xml' -not -path '*/node_modules/*' -print0 |
    xargs -0 -r sed -n 's/.*<testsuite [^>]* tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2 \3 \4/p' |
    awk '{ run += $1; bad += $2 + $4; skipped += $3 }
         END { printf "%d passed, %d failed, %d skipped\n", run - bad - skipped, bad, skipped }'
}

# The broker, the browser and Python come from the system's package manager, nothing else does.
tools() {
  local missing=()
  command -v nats-server >/dev/null || missing+=(nats-server)
  command -v python3 >/dev/null || missing+=(python3)
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
  for tool in mvn node npm java; do
    command -v $tool >/dev/null || fail "$tool is not on PATH" "install it with your package manager"
  done
  [ ${#missing[@]} -eq 0 ] && { echo "nothing to install"; return; }
  echo "installing ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    fail "missing: ${missing[*]}" "sudo apt-get install ${missing[*]}" \
      "install them with your package manager and put them on PATH"
  elif command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  elif command -v dnf >/dev/null; then
    dnf install -y -q "${missing[@]}"
  elif command -v apk >/dev/null; then
    apk add -q "${missing[@]}"
  else
    fail "no package manager known here" "install ${missing[*]} and put them on PATH"
  fi
}

# A step runs as a condition, where the shell does not stop at an error: each says its own outcome.
# Services are built beside each other: their tests wait more than they compute.
verify() {
  local outcome=0
  $maven -T 2 verify || outcome=$?
  counted
  return $outcome
}

# `verify` runs a few of these too; here they are many, and once. What they did is at "fuzz:".
fuzz() {
  $maven test -pl projection-service -am -Dquarkus.quinoa=false \
    -Dtest='DifferentialFuzzTest,MutatedUpdateTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfuzz.histories="${HUB_FUZZ_HISTORIES:-20000}" -Dfuzz.mutations="${HUB_FUZZ_MUTATIONS:-300000}" \
    -Dfuzz.seed="${HUB_FUZZ_SEED:-1}"
}

panel() {
  (cd projection-service/src/main/webui && npm ci --silent && npm test --silent)
}

# No GraalVM is needed: everything up to the compiler's own work is checked.
native() {
  $maven package -DskipTests -pl shared-contracts,registry-sync-service,marketplace-service,operations-service,projection-service \
    -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true
}

e2e() {
  (cd deploy/e2e && npm ci --silent && npm test --silent)
}

# HUB_CHAOS_SEED repeats a run; HUB_CHAOS_SECONDS, HUB_SOAK_SECONDS, HUB_CHAOS_SAMPLES and
# HUB_CHAOS_OPERATIONS make it longer.
chaos() {
  deploy/chaos.sh all
}

# The same tests once more on a newer JDK, when one is there.
jdk25() {
  local home
  home=$(find_jdk 25) || { echo "no JDK 25 found (set HUB_JDK25 to its folder): not run"; return; }
  JAVA_HOME=$home verify
}

find_jdk() {
  local candidate
  for candidate in "${HUB_JDK25:-}" /usr/lib/jvm/*"$1"* /opt/*jdk*"$1"*; do
    if [ -x "$candidate/bin/javac" ] && "$candidate/bin/java" -version 2>&1 | grep -q "version \"$1"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

all=(tools verify fuzz panel e2e chaos native jdk25)
[ $# -gt 0 ] || set -- "${all[@]}"
for name in "$@"; do
  case $name in
    tools) step "tools" tools ;;
    verify) step "build and tests (JDK $(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'))" verify ;;
    fuzz) step "histories and broken updates against real yjs" fuzz ;;
    panel) step "panel" panel ;;
    native) step "native sources of the four services" native ;;
    e2e) step "end to end: processes, browser, faults" e2e ;;
    chaos) step "acknowledged writes while processes die, and what is said of them" chaos ;;
    jdk25) step "build and tests (JDK 25)" jdk25 ;;
    *) fail "no such step: $name" "one of: ${all[*]}" ;;
  esac
done
summary
