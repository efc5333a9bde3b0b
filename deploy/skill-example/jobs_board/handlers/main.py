"""A skill that once kept an executor, fingerprints and a guard for its board of jobs.

It works through jobs as fast as it can and sets its slots after each: how often that reaches the
document is decided by the hub. At the end everything that was set is durable.
"""

import collections
import json
import os
import sys

from hub_client import HubClient

ROWS_MAX = 200


def rows(done, total):
    return [{"id": f"job-{number:03d}", "state": "done" if number < done else "waiting",
             "note": f"step {done} of {total} " + "." * 160} for number in range(ROWS_MAX)]


def main(total):
    missing = [name for name in ("HUB_URL", "HUB_TOKEN", "HUB_WEBSPACE")
               if not os.environ.get(name)]
    if missing:
        sys.exit(f"not set: {', '.join(missing)}")
    hub = HubClient(os.environ["HUB_URL"], os.environ["HUB_TOKEN"], os.environ.get("HUB_NODE"))
    webspace = os.environ["HUB_WEBSPACE"]
    outcomes = collections.Counter()
    for done in range(1, total + 1):
        outcomes[hub.set_with_outcome(webspace, "jobs.rows", rows(done, total)).outcome] += 1
        outcomes[hub.set_with_outcome(
            webspace, "jobs.summary", {"done": done, "total": total}).outcome] += 1
    hub.set(webspace, "jobs.rows", rows(total, total))
    hub.set(webspace, "jobs.summary", {"done": total, "total": total})
    report = hub.set_details(webspace, "jobs.report.last", {"jobs": total, "text": "x" * 50000})
    outcomes[report.outcome] += 1
    print(json.dumps(outcomes, sort_keys=True), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
