#!/usr/bin/env bash
# Breaks the packaged hub under load and looks whether it keeps its word.
#   ./hub chaos [faults]    kills, wipes and stops its processes while many write
# HUB_CHAOS_SEED=N repeats the run that printed N, HUB_CHAOS_SECONDS=N goes on for so long,
# HUB_CHAOS_KEEP=1 leaves the data folder for looking at.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fail() {
  echo "error: $1" >&2
  shift
  for way in "$@"; do echo "  way out: $way" >&2; done
  exit 1
}

case ${1:-faults} in
  faults) cd chaos && npm ci --silent && exec npm test --silent ;;
  -h | --help) sed -n '2,5s/^# \{0,1\}//p' chaos.sh ;;
  *) fail "no such run: $1" "one of: faults" ;;
esac
