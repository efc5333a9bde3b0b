"""The hub, for a skill in Python: set slots, set details, publish to streams.

Copy this file into the skill as it is; it needs the standard library only. What may be written is
declared in skill.yaml, and every call names its webspace. Interface: docs/skill-guide.md.

    hub = HubClient(url, token)
    hub.set("desktop", "climate.now", {"t": 21.5})                 # durable, or raises NotDurable
    outcome = hub.set_with_outcome("desktop", "climate.now", {"t": 21.5})
    hub.set_details("desktop", "climate.history", rows)
    hub.publish("desktop", "climate.samples", {"t": 21.5})

A call comes back when its value is in the hub's log, or says why it is not; it may be made on any
thread. In an event loop write `await hub.set_async(...)`. Of several values that wait for the same
slot only the newest is sent. A value is not sent when the hub has confirmed this very value within
the last minute. After 'deferred' and 'unanswered' call again, with the value of then.
"""

import asyncio
import dataclasses
import functools
import hashlib
import http.client
import json
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

VALUE_BYTES_MAX = 1 << 20
ANSWER_BYTES_MAX = 64 << 10
SLOTS_MAX = 1024
CONFIRMED_SECONDS = 60.0
_WEBSPACE = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a value: applied, unchanged, coalesced, deferred, unanswered or refused."""

    outcome: str
    generation: int = 0
    path: str = ""
    reason: str = ""
    detail: str = ""
    remedy: str = ""
    retryable: bool = False
    retry_after: float = 0.0
    observed: float = None
    limit: float = None
    receivers: int = 0

    @property
    def durable(self):
        """Whether the value, or a newer one of its slot, is in the hub's log."""
        return self.outcome in ("applied", "unchanged", "coalesced")


class NotDurable(Exception):
    """A value was not written; the outcome says why."""

    def __init__(self, outcome):
        super().__init__(f"{outcome.outcome}: {outcome.reason} {outcome.detail} {outcome.remedy}")
        self.outcome = outcome


class _TooLarge(ValueError):
    """A value that no slot takes."""


class _Slot:
    """What is known of one slot; guarded by its condition."""

    def __init__(self):
        self.changed = threading.Condition()
        self.is_busy = False
        self.newest = 0
        self.ended = (0, None)
        self.confirmed = ("", 0, 0.0)


class HubClient:
    """One skill's way to the hub; may be used by many threads."""

    def __init__(self, url, token, node=None, within=30.0):
        """token: text, or a function that gives the text of now; within: seconds of a call."""
        if not re.fullmatch(r"https?://[^/?#\s]+/*", url):
            raise ValueError(f"'{url}' is no address of a hub; write http://host:port")
        self._url = url.rstrip("/")
        self._token = token if callable(token) else lambda: token
        self._node = node
        self._within = min(max(float(within), 0.1), 600.0)
        self._slots = {}
        self._lock = threading.Lock()
        self._http = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), _NoRedirect())

    def set(self, webspace, slot, value, scope="subnet"):
        """Writes a slot and gives the generation that holds it; raises NotDurable otherwise."""
        outcome = self.set_with_outcome(webspace, slot, value, scope)
        if not outcome.durable:
            raise NotDurable(outcome)
        return outcome.generation

    def set_with_outcome(self, webspace, slot, value, scope="subnet"):
        """Writes a slot and says what became of it; never raises for what the hub decides."""
        path = f"{_path(webspace)}/projections/{_quoted(slot)}"
        members = {"scope": scope}
        if self._node:
            members["node_id"] = self._node
        return self._bring(("POST", path, scope), value, members)

    def set_details(self, webspace, slot, value):
        """Writes the details of a slot, beside the document; the same outcomes."""
        return self._bring(("PUT", f"{_path(webspace)}/details/{_quoted(slot)}", ""), value, None)

    def publish(self, webspace, receiver, payload):
        """Publishes once: published, unchanged, coalesced, unanswered or refused."""
        members = {"node_id": self._node} if self._node else {}
        try:
            body = _body(members, "payload", _canonical(payload))
        except ValueError as failure:
            return _invalid(failure)
        path = f"{_path(webspace)}/streams/{_quoted(receiver)}"
        return self._ask("POST", path, body, 5.0)

    async def set_async(self, webspace, slot, value, scope="subnet"):
        """set_with_outcome for event loops: the loop goes on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(None, functools.partial(
            self.set_with_outcome, webspace, slot, value, scope))

    def _bring(self, key, value, members):
        try:
            canonical = _canonical(value)
        except ValueError as failure:
            return _invalid(failure)
        slot = self._slot(key)
        if slot is None:
            return Outcome("refused", reason="too_many_targets",
                           remedy="Put rows into details or into one value")
        until = time.monotonic() + self._within
        fingerprint = hashlib.sha256(canonical).hexdigest()
        with slot.changed:
            known, generation, at = slot.confirmed
            if (not slot.is_busy and known == fingerprint
                    and time.monotonic() - at < CONFIRMED_SECONDS):
                return Outcome("unchanged", generation)
            slot.newest += 1
            mine = slot.newest
            overtaken = self._turn(slot, mine, until)
            if overtaken:
                return overtaken
            slot.is_busy = True
            slot.confirmed = ("", 0, 0.0)
        outcome = Outcome("unanswered", reason="interrupted")
        try:
            body = canonical if members is None else _body(members, "value", canonical)
            outcome = self._until_durable(slot, mine, (key, body), until)
        finally:
            with slot.changed:
                slot.is_busy = False
                if outcome is not None:
                    slot.ended = (mine, outcome)
                    if outcome.outcome in ("applied", "unchanged"):
                        slot.confirmed = (fingerprint, outcome.generation, time.monotonic())
                slot.changed.notify_all()
        if outcome is None:
            with slot.changed:
                outcome = self._turn(slot, mine, until)
        return outcome

    def _turn(self, slot, mine, until):
        """Waits for the turn of a value; gives an outcome when a newer one stands for it."""
        while slot.is_busy or slot.newest != mine:
            number, newer = slot.ended
            if number > mine:
                return (dataclasses.replace(newer, outcome="coalesced") if newer.durable
                        else newer)
            if not slot.changed.wait(max(0.0, until - time.monotonic())):
                return Outcome("unanswered", reason="timeout", retryable=True)
        return None

    def _until_durable(self, slot, mine, request, until):
        """Asks until the value is durable or refused; None when a newer value waits."""
        (method, path, scope), body = request
        backoff = 0.1
        while True:
            left = max(0.05, until - time.monotonic())
            wait = min(30.0, left * 7 / 8)
            query = f"?wait=durable&timeout_ms={int(wait * 1000)}" if scope else ""
            outcome = self._ask(method, path + query, body, wait)
            again = (outcome.outcome in ("deferred", "unanswered")
                     or outcome.outcome == "refused" and outcome.retryable)
            pause = max(outcome.retry_after, backoff * random.uniform(0.5, 1.0))
            backoff = min(5.0, backoff * 2)
            if not again:
                return outcome
            with slot.changed:
                slot.changed.wait_for(lambda: slot.newest != mine,
                                      min(pause, max(0.0, until - time.monotonic())))
                if slot.newest != mine:
                    return None
            if time.monotonic() >= until:
                return outcome

    def _ask(self, method, path, body, wait):
        request = urllib.request.Request(self._url + path, data=body, method=method, headers={
            "Authorization": "Bearer " + self._token(), "Content-Type": "application/json",
            "Accept": "application/json, application/problem+json"})
        try:
            with self._http.open(request, timeout=wait + 10.0) as answer:
                return _outcome(answer.status, answer.headers, answer.read(ANSWER_BYTES_MAX))
        except urllib.error.HTTPError as answer:
            with answer:
                return _outcome(answer.code, answer.headers, answer.read(ANSWER_BYTES_MAX))
        except (OSError, http.client.HTTPException) as failure:
            return Outcome("unanswered", reason="no_answer", detail=str(failure), retryable=True)

    def _slot(self, key):
        with self._lock:
            if key not in self._slots and len(self._slots) >= SLOTS_MAX:
                return None
            return self._slots.setdefault(key, _Slot())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is for the hub, and for nobody the hub might point to."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


def _path(webspace):
    if not isinstance(webspace, str) or not _WEBSPACE.fullmatch(webspace):
        raise ValueError(f"a webspace is named in every call, got {webspace!r}")
    return "/v1/webspaces/" + webspace


def _quoted(name):
    if not isinstance(name, str) or not name:
        raise ValueError(f"name the slot or receiver as in skill.yaml, got {name!r}")
    return urllib.parse.quote(name, safe="")


def _canonical(value):
    """Equal values, equal bytes."""
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False,
                          allow_nan=False)
        data = text.encode("utf-8")
    except (TypeError, RecursionError, UnicodeEncodeError) as failure:
        raise ValueError(f"the value cannot be written as JSON: {failure}") from failure
    if len(data) > VALUE_BYTES_MAX:
        raise _TooLarge(f"the value has {len(data)} bytes as JSON, at most {VALUE_BYTES_MAX}"
                        " can be sent")
    return data


def _body(members, name, canonical):
    start = json.dumps(members, ensure_ascii=False)[:-1]
    return ((start + ("," if members else "") + json.dumps(name) + ":").encode("utf-8")
            + canonical + b"}")


def _invalid(failure):
    reason = "payload_budget_exceeded" if isinstance(failure, _TooLarge) else "value_invalid"
    return Outcome("refused", reason=reason, detail=str(failure),
                   remedy="Send a JSON value within the documented limits")


def _outcome(status, headers, data):
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        body = None
    body = body if isinstance(body, dict) else {}
    known = isinstance(body.get("code"), str)
    if not known and (status >= 500 or status < 300) and not (status < 300 and body):
        return Outcome("unanswered", reason=f"status_{status}", retryable=True)
    wait = body.get("retry_after_ms")
    header = headers.get("Retry-After", "")
    after = wait / 1000 if isinstance(wait, (int, float)) and wait >= 0 else (
        float(header) if re.fullmatch(r"[0-9]{1,6}", header) else 0.0)
    if status >= 300:
        return Outcome("refused", reason=str(body.get("code", f"status_{status}")),
                       detail=str(body.get("detail", "")), remedy=str(body.get("remedy", "")),
                       retryable=body.get("retryable") is True, retry_after=min(after, 300.0),
                       observed=body.get("observed"), limit=body.get("limit"))
    outcome = str(body.get("outcome", ""))
    if body.get("level") == "accepted" and outcome != "coalesced":
        outcome = "deferred"
    return Outcome(outcome, generation=body.get("generation") or 0,
                   path=str(body.get("path", "")), reason=str(body.get("reason", "")),
                   retry_after=min(after, 300.0), receivers=body.get("receivers") or 0)
