"""Makes the calls of one scene with the client of the skill template and prints their outcomes."""

import asyncio
import concurrent.futures
import math
import sys
import threading

sys.path.insert(0, sys.argv[1])
from hub_client import HubClient, NotDurable  # noqa: E402

hub = HubClient(sys.argv[2], lambda: "secret", node="kitchen", within=float(sys.argv[4]))


def show(outcome):
    print(outcome.outcome, outcome.generation, outcome.reason or "-")


def confirmed():
    show(hub.set_with_outcome("desktop", "rain.now", {"b": 1, "a": 2}, scope="webspace"))
    show(hub.set_with_outcome("desktop", "rain.now", {"a": 2, "b": 1}, scope="webspace"))
    show(hub.set_with_outcome("desktop", "rain.now", {"a": 3}, scope="webspace"))
    show(hub.set_with_outcome("desktop", "rain.now", {"a": 2, "b": 1}, scope="webspace"))


def again():
    show(hub.set_with_outcome("desktop", "rain.now", 1))


def raising():
    try:
        hub.set("desktop", "rain.now", 1)
    except NotDurable as failure:
        show(failure.outcome)


def bad():
    itself = []
    itself.append(itself)
    for value in (math.nan, itself, object(), "\ud800", "x" * (1 << 20)):
        show(hub.set_with_outcome("desktop", "rain.now", value))
    for webspace in ("", None, "../x"):
        try:
            hub.set(webspace, "rain.now", 1)
        except ValueError:
            print("no webspace")


def newest():
    first = threading.Thread(target=lambda: hub.set("desktop", "rain.now", 0))
    first.start()
    sys.stdin.readline()
    with concurrent.futures.ThreadPoolExecutor(8) as callers:
        calls = [callers.submit(hub.set_with_outcome, "desktop", "rain.now", n)
                 for n in range(1, 9)]
        while hub._slots and next(iter(hub._slots.values())).newest < 9:
            pass
        print("ready", flush=True)
        outcomes = sorted(call.result().outcome for call in calls)
    first.join()
    print(" ".join(outcomes))


def others():
    show(hub.set_details("desktop", "rain.log", [1]))
    show(hub.publish("desktop", "rain:live", {"mm": 1}))
    show(asyncio.run(hub.set_async("desktop", "rain.now", 1)))


globals()[sys.argv[3]]()
