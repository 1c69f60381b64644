"""What a dispatcher does all day, over HTTP: calls, incidents, runs. For tests of the whole service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from domain.values import Position
from tests.server import ok
from tests.small_city import where


def now() -> datetime:
    return datetime.now(UTC)


def ago(seconds: float) -> str:
    return (now() - timedelta(seconds=seconds)).isoformat()


def point(position: Position) -> dict[str, float]:
    return {"lat": position.lat, "lon": position.lon}


def a_call(**facts: Any) -> dict[str, Any]:
    """The body of a call from the middle of the letter town."""
    return {"phone": "0901 234 567", "complaint": "đau ngực", "position": point(where("T")), **facts}


def a_run(unit: str, **facts: Any) -> dict[str, Any]:
    return {"run_id": str(uuid4()), "unit_id": unit, **facts}


@dataclass
class DeskWork:
    """Somebody at the desk; each act must succeed."""

    client: httpx.Client

    def call(self, **facts: Any) -> dict[str, Any]:
        return ok(self.client.post("/calls", json=a_call(**facts)), 201)

    def incident(self, place: Position | None = None, priority: str = "P2", **facts: Any) -> dict[str, Any]:
        """A call that became an incident at once."""
        at = point(place or where("T"))
        body = {"call_id": self.call(position=at)["id"], "position": at, "priority": priority, **facts}
        return ok(self.client.post("/incidents", json=body), 201)

    def send(self, incident: dict[str, Any], unit: str, **facts: Any) -> dict[str, Any]:
        return ok(self.client.post(f"/incidents/{incident['id']}/runs", json=a_run(unit, **facts)), 201)

    def report(self, run: dict[str, Any], *milestones: str) -> dict[str, Any]:
        """Milestones, each happening now; the answer to the last."""
        answer: dict[str, Any] = {}
        for milestone in milestones:
            body = {"milestone": milestone, "at": now().isoformat()}
            answer = ok(self.client.post(f"/runs/{run['run_id']}/milestones", json=body))
        return answer

    def ping(self, callsign: str, position: Position, **facts: Any) -> dict[str, Any]:
        body = {"callsign": callsign, "at": now().isoformat(), **point(position), **facts}
        return ok(self.client.post("/pings", json=[body]), 202)

    def stand(self, places: Mapping[str, Position]) -> None:
        """Units stand there now, wherever they were: a jump is believed with the second report."""
        for _ in range(2):
            reports = [
                {"callsign": name, "at": now().isoformat(), **point(at)} for name, at in places.items()
            ]
            ok(self.client.post("/pings", json=reports), 202)

    def row(self, view: str, row_id: str) -> dict[str, Any]:
        """A row of a live view by its id, or a unit by its callsign."""
        name = "callsign" if view == "units" else "id"
        rows = ok(self.client.get(f"/{view}"))
        return next(row for row in rows if row[name] == row_id)

    def everybody_on_duty(self) -> None:
        """Every crew signs on; a fleet begins the day off duty."""
        for row in ok(self.client.get("/units")):
            ok(self.client.post(f"/units/{row['callsign']}/duty", json={"status": "on_duty"}))

    def clear_the_board(self) -> None:
        """Every unit comes home, so that the next test finds it free."""
        for row in ok(self.client.get("/runs")):
            body: dict[str, Any] = {"at": now().isoformat()}
            path = f"/runs/{row['id']}/milestones"
            match row["status"]:
                case "transporting":
                    left = ["at_hospital", "handed_over", "clear"]
                case "at_hospital":
                    left = ["handed_over", "clear"]
                case "handed_over" | "patient_contact":
                    left = ["clear"]
                case "assigned" | "accepted" | "en_route" | "on_scene":
                    left = ["stood_down"]
                case _:
                    continue
            for milestone in left:
                ok(self.client.post(path, json={**body, "milestone": milestone}))
