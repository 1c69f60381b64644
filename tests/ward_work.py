"""What people do about beds and patients all day, over HTTP."""

from collections.abc import Callable, Mapping
from time import monotonic, sleep
from typing import Any, TypeVar

from domain.values import Position
from tests.desk_work import DeskWork, point
from tests.server import ok
from tests.small_city import where

ED, ICU = "EmergencyDepartment", "AdultICU"
HOSPITALS = ("bac", "dong", "nam")
QUIET = {ED: {"staffed": 20, "occupied": 0}, ICU: {"staffed": 4, "occupied": 0}}
T = TypeVar("T")


class WardWork(DeskWork):
    """Somebody who sits at the desk and knows the hospitals."""

    def quiet_day(self) -> None:
        """Everything is open and nearly empty, and counted just now."""
        for hospital_id in HOSPITALS:
            self.count(hospital_id, QUIET)
            ok(self.client.put(f"/hospitals/{hospital_id}/hours", json={"hours": {}}))
            if self.hospital(hospital_id)["diversion"]:
                ok(self.client.delete(f"/hospitals/{hospital_id}/diversion"))
            for service in self.hospital(hospital_id)["services"]:
                ok(self.client.put(f"/hospitals/{hospital_id}/services", json={"service": service}))

    def count(self, hospital_id: str, beds: Mapping[str, Mapping[str, int]], **facts: Any) -> dict[str, Any]:
        return ok(self.client.put(f"/hospitals/{hospital_id}/beds", json={"beds": beds, **facts}))

    def hospital(self, hospital_id: str) -> dict[str, Any]:
        return self.row("hospitals", hospital_id)

    def beds(self, hospital_id: str, kind: str = ED) -> dict[str, Any]:
        return dict(self.hospital(hospital_id)["beds"][kind])

    def advice(self, incident: Mapping[str, Any]) -> dict[str, Any]:
        return ok(self.client.get(f"/incidents/{incident['id']}/recommendation"))

    def carry(
        self, incident: Mapping[str, Any], unit: str, hospital_id: str, bed_kind: str | None = ED
    ) -> dict[str, Any]:
        """Sent, arrived at the scene, and on the way to the hospital."""
        run = self.send(dict(incident), unit, hospital_id=hospital_id, bed_kind=bed_kind)
        self.report(run, "en_route", "on_scene", "transporting")
        return run

    def tag(self, incident: Mapping[str, Any], *patients: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Patients with tags; by default one without a colour."""
        path = f"/incidents/{incident['id']}/patients"
        body = {"patients": [dict(each) for each in patients] or [{}]}
        return list(ok(self.client.post(path, json=body), 201)["patients"])

    def board(self, hospital_id: str) -> list[dict[str, Any]]:
        return list(ok(self.client.get(f"/hospitals/{hospital_id}/inbound"))["expected"])

    def unit_at(self, callsign: str, corner: str) -> None:
        self.ping(callsign, where(corner))


def at(corner: str) -> dict[str, float]:
    return point(where(corner))


def place(corner: str) -> Position:
    return where(corner)


def soon(ask: Callable[[], T], holds: Callable[[T], bool], within_s: float = 12.0) -> T:
    """What is asked for, as soon as it holds; the clock of the service turns once a second."""
    until = monotonic() + within_s
    while True:
        answer = ask()
        if holds(answer) or monotonic() > until:
            assert holds(answer), answer
            return answer
        sleep(0.1)
