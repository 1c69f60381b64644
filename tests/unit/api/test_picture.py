"""The picture for choosing: made anew where something changed, and only there."""

from datetime import timedelta

from api.picture import Picture
from dispatch.of_rows import usual_handovers
from dispatch.policies.fleet import Task
from domain.values import Needs, Position
from projections.positions import LatestPositions, Ping
from tests.builders import NOON


class Rows:
    """Views that hold these rows."""

    names = ("units", "incidents", "hospitals", "runs")
    position = 0

    def __init__(self, *units: dict) -> None:
        self.units = list(units) or [a_row("C1"), a_row("C2")]
        self.incidents = {"i7": an_incident("P3")}
        self.runs: list[dict] = []

    def rows(self, view: str) -> list[dict]:
        return {"units": self.units, "runs": self.runs}.get(view, [])

    def row(self, view: str, key: str) -> dict | None:
        bac = {"bac": {"position": {"lat": 10.8, "lon": 106.6}}}
        return {"incidents": self.incidents, "hospitals": bac}[view].get(key)


def an_incident(priority: str) -> dict:
    needs = {"capabilities": ["BLS"], "bed_kind": None, "speciality": None}
    return {"id": "i7", "priority": priority, "needs": needs, "position": {"lat": 10.7, "lon": 106.7}}


def on_a_run(callsign: str, milestone: str) -> dict:
    run = {"run_id": "r1", "incident_id": "i7", "incident_number": 7, "milestone": milestone}
    return a_row(callsign, **run, since=NOON.isoformat(), hospital_id="bac")


def a_handover(began: int, took_s: int) -> dict:
    came = NOON + timedelta(minutes=began)
    done = came + timedelta(seconds=took_s)
    times = {"at_hospital": came.isoformat(), "handed_over": done.isoformat()}
    return {"hospital_id": "bac", "milestones": times}


def a_row(callsign: str, **other: object) -> dict:
    row = {"unit_id": callsign, "callsign": callsign, "kind": "van", "capabilities": ["ALS"]}
    idle = {"incident_id": None, "incident_number": None, "hospital_id": None, "station_id": "tram"}
    return {**row, "duty": "on_duty", **idle, **other}


def a_ping(callsign: str, seconds: float) -> Ping:
    return Ping(callsign, NOON + timedelta(seconds=seconds), 10.77 + seconds * 1e-5, 106.7)


def test_a_unit_that_moved_or_changed_is_made_anew_and_the_others_are_not():
    views, positions = Rows(), LatestPositions()
    picture = Picture(views, positions)
    for callsign in ("C1", "C2"):
        positions.offer(a_ping(callsign, 0), NOON)
    one, two = picture.units_now()
    assert picture.units_now() == [one, two]
    assert all(a is b for a, b in zip(picture.units_now(), (one, two), strict=True))
    positions.offer(a_ping("C1", 10), NOON + timedelta(seconds=10))
    moved, same = picture.units_now()
    assert same is two
    assert (moved.position.lat, moved.position_at) == (10.7701, NOON + timedelta(seconds=10))
    views.units[1] = a_row("C2", duty="off_duty")
    assert [unit.duty for unit in picture.units_now()] == ["on_duty", "off_duty"]


def test_a_unit_never_heard_of_has_no_position():
    assert [unit.position for unit in Picture(Rows(), LatestPositions()).units_now()] == [None, None]


def test_a_unit_on_a_run_tells_what_for_and_follows_its_incident():
    views = Rows(on_a_run("C1", "en_route"))
    picture = Picture(views, LatestPositions(), stations={"tram": Position(10.9, 106.9)})
    (unit,) = picture.units_now()
    assert unit.station == Position(10.9, 106.9)
    assert unit.task == Task(
        run_id="r1",
        incident_id="i7",
        priority="P3",
        needs=Needs(("BLS",), None, None),
        scene=Position(10.7, 106.7),
        milestone="en_route",
        since=NOON,
        hospital_id="bac",
        hospital=Position(10.8, 106.6),
    )
    views.incidents["i7"] = an_incident("P1")
    assert [each.task.priority for each in picture.units_now() if each.task] == ["P1"]


def test_usual_handovers_are_the_median_of_the_last_ten_and_need_three():
    assert usual_handovers([a_handover(1, 600), a_handover(2, 900)]) == {}
    assert usual_handovers([a_handover(1, 600), a_handover(2, 900), a_handover(3, 700)]) == {"bac": 700.0}
    old = [a_handover(i, 6_000) for i in range(20)]
    assert usual_handovers([*old, *(a_handover(100 + i, 300) for i in range(10))]) == {"bac": 300.0}
    assert usual_handovers([{"hospital_id": None, "milestones": {}}]) == {}
