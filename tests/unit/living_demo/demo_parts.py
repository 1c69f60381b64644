"""A clock that obeys, a line that remembers, and rows as the server sends them."""

import asyncio
import json
from datetime import UTC, datetime

import httpx

from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


class HandClock(Clock):
    """Time passes only when somebody sleeps, and then at once."""

    def __init__(self, speed=1.0):
        self.passed = 0.0
        super().__init__(speed, local=lambda: self.passed, wall=lambda: NOON)

    def now(self):
        return super().now() + (self.city_now() - NOON) / self.speed

    async def sleep(self, city_s):
        self.passed += max(0.0, city_s) / self.speed
        await asyncio.sleep(0)


class Line:
    """Answers orders from a table {(method, path): answer} and remembers what was asked."""

    def __init__(self, answers=None):
        self.answers = dict(answers or {})
        self.asked = []

    def __call__(self, request):
        path = request.url.path.removeprefix("/api/v1")
        body = json.loads(request.content) if request.content else None
        if path == "/login":
            return httpx.Response(200, json={"token": f"token of {body['username']}"})
        self.asked.append((request.method, path, body, request.headers.get("idempotency-key")))
        answer = self.answers.get((request.method, path), self.answers.get(request.method))
        if callable(answer):
            answer = answer(request)
        return answer if answer is not None else httpx.Response(200, json={})

    def orders(self, method):
        return [(path, body) for asked, path, body, _ in self.asked if asked == method]

    def client(self):
        return Client("http://vigil.test", "demo", per_second=1e6, transport=httpx.MockTransport(self))


def problem(status, kind, detail="no"):
    body = {"type": f"urn:vigil:{kind}", "status": status, "detail": detail}
    return httpx.Response(status, json=body)


def a_unit(callsign="C1", kind="van", status="AV", run_id=None, duty="on_duty", seq=1):
    return {
        "id": callsign, "unit_id": f"unit-{callsign}", "callsign": callsign, "kind": kind, "duty": duty,
        "status": status, "run_id": run_id, "station_id": "north", "position": None, "seq": seq,
    }  # fmt: skip


def an_incident(identity="i1", status="waiting", priority="P2", runs=(), seq=1):
    return {
        "id": identity, "number": 7, "priority": priority, "status": status, "runs": list(runs),
        "position": {"lat": 10.01, "lon": 106.0}, "address": "gần Đường Mai", "complaint": "té",
        "opened_at": NOON.isoformat(), "seq": seq,
    }  # fmt: skip


def a_run(identity="r1", status="assigned", callsign="C1", hospital_id="west", seq=1):
    return {
        "id": identity, "incident_id": "i1", "incident_number": 7, "callsign": callsign,
        "status": status, "hospital_id": hospital_id, "bed_kind": "EmergencyDepartment", "seq": seq,
    }  # fmt: skip


def in_incident(run):
    return {
        "run_id": run["id"], "callsign": run["callsign"], "status": run["status"],
        "hospital_id": run["hospital_id"],
    }  # fmt: skip
