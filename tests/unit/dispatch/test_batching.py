"""Many incidents and few units: who is shared out, and what is said where nobody is."""

from dispatch.batching import WaitingNeed, share_out
from dispatch.need import Need
from dispatch.still_picture import StillPicture
from domain.values import Needs, Position
from tests.builders import NOON, a_desk, a_unit_now
from tests.fakes import FakeRoads

SCENE, NEAR, FAR = Position(10.78, 106.70), Position(10.781, 106.70), Position(10.80, 106.70)
ISLAND = Position(10.79, 106.75)
ANY = Needs()


def waits(name, priority="P2", place=SCENE, needs=ANY):
    return WaitingNeed(Need(name, place, needs, priority), 60.0)


def shared(waiting, *units):
    return share_out(waiting, StillPicture(units), a_desk(roads=FakeRoads(islands={ISLAND})), NOON)


def test_each_incident_gets_the_unit_that_is_there_soonest_to_a_tenth_of_a_second():
    near, far = a_unit_now("C1", position=NEAR), a_unit_now("C2", position=FAR)
    found = shared([waits("one"), waits("two", place=FAR)], far, near)
    assert {pair.need.incident_id: pair.unit.callsign for pair in found.pairs} == {"one": "C1", "two": "C2"}
    assert [pair.arrival_s for pair in found.pairs] == [60.0, round(60.0 + found.pairs[1].way.duration_s, 1)]


def test_without_units_or_incidents_nobody_is_shared_out():
    assert shared([waits("one")]).unserved == [(waits("one").need, "nobody_can")]
    assert shared([], a_unit_now("C1")).pairs == []
    assert shared([]).unserved == []


def test_who_lacks_something_or_has_no_way_is_not_sent():
    basic = a_unit_now("C1", capabilities=("BLS",), position=NEAR)
    lost = a_unit_now("C2", position=ISLAND)
    found = shared([waits("one", needs=Needs(("ALS", "transport")))], basic, lost)
    assert found.pairs == []
    assert [why for _, why in found.unserved] == ["nobody_can"]
    assert found.units == 2


def test_only_the_free_in_sight_are_counted():
    busy, away = a_unit_now("C1", incident_number=7), a_unit_now("C2", duty="off_duty")
    silent = a_unit_now("C3", position=None, position_at=None)
    assert shared([waits("one")], busy, away, silent, a_unit_now("C4")).units == 1
