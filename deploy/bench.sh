#!/usr/bin/env bash
# Builds what the benches need and runs them: ./hub bench --help
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
bench=$root/deploy/bench
log=$bench/target/build.log
classpath=$bench/target/classpath

fail() {
  echo "error: $1" >&2
  shift
  for way in "$@"; do echo "  way out: $way" >&2; done
  exit 1
}

for tool in mvn node npm java; do
  command -v $tool >/dev/null || fail "$tool is not on PATH" "install it with your package manager"
done

# Classes are enough: nothing of the services is packaged.
sources=("$root/pom.xml" "$root"/{shared-contracts,projection-service,deploy/bench}/{pom.xml,src/main/java})
if [ ! -f "$classpath" ] || [ -n "$(find "${sources[@]}" -newer "$classpath" -print -quit)" ]; then
  echo "building the benches" >&2
  mkdir -p "$bench/target"
  (cd "$root" && mvn -B -q -Dquick -pl deploy/bench -am compile dependency:build-classpath \
    -DincludeScope=runtime -Dmdep.outputFile=target/classpath) >"$log" 2>&1 || {
    tail -25 "$log" >&2
    fail "the benches could not be built (all of it: $log)" "correct what it names"
  }
fi

# The collector of the services; a heap that does not grow while something is measured.
exec java -XX:+UseSerialGC -Xms1g -Xmx1g -Dhub.root="$root" -Dfile.encoding=UTF-8 \
  -cp "$bench/target/classes:$(cat "$classpath")" io.adaos.hub.bench.BenchCommand "$@"
