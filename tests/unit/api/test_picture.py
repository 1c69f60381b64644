"""The picture for choosing: made anew where something changed, and only there."""

from datetime import timedelta

from api.picture import Picture
from projections.positions import LatestPositions, Ping
from tests.builders import NOON


class Rows:
    """Views that hold these rows."""

    def __init__(self) -> None:
        self.units = [a_row("C1"), a_row("C2")]

    def rows(self, view: str) -> list[dict]:
        return self.units if view == "units" else []


def a_row(callsign: str, **other: object) -> dict:
    row = {"unit_id": callsign, "callsign": callsign, "kind": "van", "capabilities": ["ALS"]}
    return {**row, "duty": "on_duty", "incident_number": None, **other}


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
