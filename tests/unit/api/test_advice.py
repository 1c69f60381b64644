"""The advice a screen asks for."""

from types import SimpleNamespace

from api.advice import advice_for
from domain.values import Priority
from tests.builders import HERE, a_desk, a_hospital_now, a_unit_now, an_id

INCIDENT = {
    "id": str(an_id("incident")),
    "position": {"lat": HERE.lat, "lon": HERE.lon},
    "needs": {"capabilities": ["BLS"], "bed_kind": None, "speciality": None},
    "priority": "P2",
    "patients": 1,
    "determinant": None,
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
