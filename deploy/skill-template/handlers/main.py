"""Measures a room and shows it: a slot, a stream, details, and a file of its own."""

import json
import os
import pathlib
import sys
import time

from hub_client import HubClient

HISTORY_MAX = 500


def setting(name):
    """A setting that whoever starts the skill gives; without it the skill does not start."""
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"{name} is not set; see README.md")
    return value


class History:
    """The samples this skill keeps for itself, in its own folder."""

    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "history.json"
        try:
            self.samples = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.samples = []

    def add(self, sample):
        self.samples = (self.samples + [sample])[-HISTORY_MAX:]
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(self.samples), encoding="utf-8")
        os.replace(beside, self._file)


def measure(number):
    """Replace this with the sensor."""
    return {"celsius": 20 + number % 5, "humidity": 40 + number % 3}


def show(hub, webspace, history):
    """Brings what is known to the hub; says what did not get there."""
    newest = history.samples[-1]
    outcomes = {
        "climate.now": hub.set_with_outcome(webspace, "climate.now", newest),
        "climate.history": hub.set_details(webspace, "climate.history",
                                           {"samples": history.samples}),
        "climate.samples": hub.publish(webspace, "climate.samples", newest),
    }
    for name, outcome in outcomes.items():
        if outcome.outcome in ("refused", "deferred", "unanswered"):
            print(f"{name}: {outcome.outcome} {outcome.reason} {outcome.remedy}", file=sys.stderr)
    return outcomes


def main(rounds, pause):
    """rounds: how many samples, 0 for ever; pause: seconds between two."""
    hub = HubClient(setting("HUB_URL"), setting("HUB_TOKEN"), os.environ.get("HUB_NODE"))
    webspace = setting("HUB_WEBSPACE")
    history = History(setting("SKILL_STATE_DIR"))
    done = 0
    while rounds == 0 or done < rounds:
        history.add(measure(len(history.samples)))
        outcomes = show(hub, webspace, history)
        print(json.dumps({name: outcome.outcome for name, outcome in outcomes.items()}),
              flush=True)
        done += 1
        if done != rounds:
            time.sleep(pause)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0,
         float(sys.argv[2]) if len(sys.argv) > 2 else 5.0)
