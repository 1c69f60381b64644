"""The advice a screen asks for."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from api.advice import advice_for, need_of
from domain.values import Priority
from tests.builders import HERE, a_desk, a_hospital_now, a_unit_now, an_id

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
INCIDENT = {
    "id": str(an_id("incident")),
    "position": {"lat": HERE.lat, "lon": HERE.lon},
    "needs": {"capabilities": ["BLS"], "bed_kind": None, "speciality": None},
    "priority": "P2",
    "patients": 1,
    "determinant": None,
    "opened_at": NOON.isoformat(),
    "call_ids": [str(an_id("call")), str(an_id("second call"))],
}


class Looks:
    """Counts who looks."""

    def __init__(self):
        self.at_units = self.at_hospitals = 0

    def units_now(self):
        self.at_units += 1
        return [a_unit_now("C1")]

    def hospitals_now(self):
        self.at_hospitals += 1
        return [a_hospital_now()]


def test_coverage_and_ranking_go_by_one_look_at_the_fleet():
    looks = Looks()
    centre = SimpleNamespace(
        row=lambda view, key: INCIDENT,
        picture=looks,
        desk=a_desk(),
        views=SimpleNamespace(row=lambda view, key: None),
        city=SimpleNamespace(id="letters", targets=SimpleNamespace(response_s={Priority.P2: 900})),
    )
    advice = advice_for(centre, an_id("incident"))
    assert [each.callsign for each in advice.fleet] == ["C1"]
    assert (looks.at_units, looks.at_hospitals) == (1, 1)


@pytest.mark.parametrize(
    ("called_s_ago", "opened_s_ago", "left_s"),
    [(100, 40, 800.0), (None, 40, 860.0), (2_000, 1_900, 0.0), (-3, -3, 900.0)],
    ids=["from the first call", "its rows rest already", "too late for that", "a clock that lags"],
)
def test_what_is_left_of_the_promise_counts_from_the_first_call(called_s_ago, opened_s_ago, left_s):
    calls = {}
    if called_s_ago is not None:
        calls[str(an_id("call"))] = {"received_at": (NOON - timedelta(seconds=called_s_ago)).isoformat()}
        calls[str(an_id("second call"))] = {"received_at": NOON.isoformat()}
    centre = SimpleNamespace(
        views=SimpleNamespace(row=lambda view, key: calls.get(key)),
        city=SimpleNamespace(targets=SimpleNamespace(response_s={Priority.P2: 900})),
    )
    row = {**INCIDENT, "opened_at": (NOON - timedelta(seconds=opened_s_ago)).isoformat()}
    assert need_of(centre, row, NOON).target_s == left_s
