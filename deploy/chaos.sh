#!/usr/bin/env bash
# Breaks the packaged hub under load and looks whether it keeps its word.
#   ./hub chaos [faults]    kills, wipes and stops its processes while many write
#   ./hub chaos soak        a hundred browsers and the skills of real manifests, in health
#   ./hub chaos samples     compares what the hub says of its state with what its readers saw
# HUB_CHAOS_SEED=N repeats the run that printed N, HUB_CHAOS_SECONDS=N goes on for so long,
# HUB_SOAK_SECONDS=N soaks for so long, HUB_CHAOS_SAMPLES=N takes so many samples,
# HUB_CHAOS_KEEP=1 leaves the data folder for looking at.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "error: $1" >&2
  shift
  for way in "$@"; do echo "  way out: $way" >&2; done
  exit 1
}

# The tests of one file, those whose name begins so.
run() {
  cd chaos && npm ci --silent && exec npm test --silent -- --test-name-pattern="${2:-}" "test/$1.test.mjs"
}

case ${1:-faults} in
  faults) run faults ;;
  soak) run status '^soak:' ;;
  samples) run status '^samples:' ;;
  all) cd chaos && npm ci --silent && exec npm test --silent -- test/ ;;
  -h | --help) sed -n '2,9s/^# \{0,1\}//p' chaos.sh ;;
  *) fail "no such run: $1" "one of: faults, soak, samples, all" ;;
esac
