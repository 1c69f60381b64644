"""Small things refuse what cannot be."""

from math import inf, nan

import pytest

from domain.base import natural_id
from domain.errors import BadPosition
from domain.values import BedKind, Milestone, Needs, Position


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (0, 0),
        (0.0, -0.0),
        (90.1, 0),
        (-90.1, 0),
        (10, 180.1),
        (10, -180.1),
        (nan, 1),
        (1, nan),
        (inf, 1),
        (1, -inf),
    ],
)
def test_a_place_that_is_none_is_refused(lat, lon):
    with pytest.raises(BadPosition, match="is not a place"):
        Position(lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(0, 106.7), (10.7, 0), (90, 180), (-90, -180), (10.7769, 106.7009)])
def test_places_at_the_edges_are_places(lat, lon):
    assert Position(lat, lon).lat == lat


def test_there_are_fourteen_kinds_of_beds_and_eleven_milestones():
    assert len(BedKind) == 14
    assert len(Milestone) == 11


def test_without_more_known_a_patient_needs_basic_support_a_ride_and_a_general_emergency_bed():
    assert Needs() == Needs(("BLS", "transport"), "EmergencyDepartment", "general")


def test_natural_ids_are_the_same_on_every_machine():
    assert str(natural_id("units", "C1")) == "c0ad57f7-8139-5a0e-a601-19da0dd9245a"
    assert natural_id("beds", "a", "b") == natural_id("beds", "a", "b") != natural_id("beds", "b", "a")
