#!/usr/bin/env bash
# Breaks the packaged hub under load and looks whether it keeps its word.
#   ./hub chaos [faults]    kills, wipes and stops its processes while many write
#   ./hub chaos soak        a hundred browsers and the skills of real manifests, in health
#   ./hub chaos samples     compares what the hub says of its state with what its readers saw
#   ./hub chaos operations  kills everything while many install and change their mind
# HUB_CHAOS_SEED=N repeats the run that printed N, HUB_CHAOS_SECONDS=N goes on for so long,
# HUB_SOAK_SECONDS=N soaks for so long, HUB_CHAOS_SAMPLES=N takes so many samples,
# HUB_CHAOS_OPERATIONS=N accepts at least so many operations,
# HUB_CHAOS_KEEP=1 leaves the data folder for looking at.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "error: $1" >&2
  shift
  for way in "$@"; do echo "  way out: $way" >&2; done
  exit 1
}

# The tests of these files; the browser is that of the tests from end to end.
run() {
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  [ -d e2e/node_modules ] || (cd e2e && npm ci --silent)
  cd chaos && npm ci --silent && exec npm test --silent -- "$@"
}

case ${1:-faults} in
  faults) run test/faults.test.mjs ;;
  soak) run --test-name-pattern='^soak:' test/status.test.mjs ;;
  samples) run --test-name-pattern='^samples:' test/status.test.mjs ;;
  operations) run test/operations.test.mjs ;;
  all) run test/truth.test.mjs test/audit.test.mjs test/faults.test.mjs test/status.test.mjs ;;
  -h | --help) sed -n '2,11s/^# \{0,1\}//p' chaos.sh ;;
  *) fail "no such run: $1" "one of: faults, soak, samples, operations, all" ;;
esac
