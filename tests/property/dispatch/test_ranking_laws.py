"""Whatever the fleet: everybody is told once, parts add up, somebody is offered, the same comes out again."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch import inputs
from dispatch.advise import Need, advise
from dispatch.policies.fleet import Shift, Task, UnitNow, lacks, not_free
from domain.values import Needs, Position
from tests.builders import NOON, a_desk, a_hospital_now, a_unit_now, an_id, minutes
from tests.fakes import FakeRoads, StillPicture
from tests.often import often

SCENE = Position(10.78, 106.70)
ISLAND = Position(10.70, 106.60)
NEEDS = (
    Needs(),
    Needs(("ALS", "transport")),
    Needs(("BLS",), None, None),
    Needs(("neonatal", "transport"), None, None),
)
CREWS = (
    ("van", ("ALS",)),
    ("van", ("BLS",)),
    ("van", ("BLS", "neonatal")),
    ("motorbike", ("BLS", "motorbike")),
)
MILESTONES = ("accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over")

places = st.builds(
    Position,
    st.floats(10.75, 10.81).map(lambda x: round(x, 5)),
    st.floats(106.67, 106.73).map(lambda x: round(x, 5)),
)


@st.composite
def units(draw: st.DrawFn, callsign: str) -> UnitNow:
    kind, capabilities = draw(st.sampled_from(CREWS))
    place = draw(st.none() | places | st.just(ISLAND))
    task = None
    if draw(st.booleans()):
        task = Task(
            f"run-{callsign}",
            draw(st.sampled_from(("this", "another"))),
            draw(st.sampled_from(("P1", "P2", "P3"))),
            draw(st.sampled_from(NEEDS)),
            draw(places),
            draw(st.sampled_from(MILESTONES)),
            minutes(-draw(st.integers(0, 40))),
            "bac",
            draw(st.none() | places),
        )
    return a_unit_now(
        callsign,
        kind=kind,
        capabilities=capabilities,
        duty=draw(st.sampled_from(("on_duty", "on_duty", "off_duty"))),
        incident_number=7 if task else None,
        position=place,
        position_at=None if place is None else minutes(-draw(st.sampled_from((0, 1, 3, 30)))),
        station=draw(st.none() | places),
        task=task,
        shift=draw(st.none() | st.builds(Shift, ends_at=st.integers(-30, 90).map(minutes))),
    )


@st.composite
def fleets(draw: st.DrawFn) -> tuple[UnitNow, ...]:
    return tuple(draw(units(f"C{n}")) for n in range(1, draw(st.integers(0, 7)) + 1))


needs_asked = st.builds(
    Need,
    incident_id=st.just("this"),
    position=st.just(SCENE),
    needs=st.sampled_from(NEEDS),
    priority=st.sampled_from(("P1", "P2", "P3", "P4")),
    patients=st.integers(1, 7),
    alarm_level=st.integers(1, 3),
)
HOSPITALS = (a_hospital_now("near", position=Position(10.781, 106.70)), a_hospital_now("far"))


def advised(need: Need, fleet: tuple[UnitNow, ...], desk):
    return advise(need, StillPicture(fleet, HOSPITALS), desk, NOON, an_id("decision"))


@settings(max_examples=often(150), deadline=None)
@given(needs_asked, fleets())
def test_everybody_is_told_once_and_parts_add_up(need, fleet):
    advice = advised(need, fleet, a_desk(roads=FakeRoads(islands={ISLAND})))
    told = [row.callsign for row in advice.units.units] + [row.callsign for row in advice.units.rejected]
    assert sorted(told) == sorted(unit.callsign for unit in fleet)
    for row in advice.units.units:
        assert sum(Decimal(str(part)) for part in row.parts.values()) == Decimal(str(row.score))
    keys = [(row.tier, row.score, row.callsign) for row in advice.units.units]
    assert keys == sorted(keys)


@settings(max_examples=often(150), deadline=None)
@given(needs_asked, fleets())
def test_somebody_can_be_sent_wherever_anybody_free_has_a_way(need, fleet):
    advice = advised(need, fleet, a_desk(roads=FakeRoads(islands={ISLAND})))
    free = [unit for unit in fleet if not_free(unit) is None]
    with_a_way = [unit for unit in free if (unit.position or unit.station) not in (None, ISLAND)]
    sendable = [row for row in advice.units.units if row.free_in_s is None]
    assert bool(sendable) or not with_a_way
    by_name = {unit.callsign: unit for unit in fleet}
    fits = [lacks(by_name[row.callsign], need.needs) is None for row in advice.units.units]
    assert fits == sorted(fits, reverse=True)  # nobody who lacks something above one who does not
    assert all(
        fit != ("lacks_capability" in row.flags) for fit, row in zip(fits, advice.units.units, strict=True)
    )


@settings(max_examples=often(100), deadline=None)
@given(needs_asked, fleets())
def test_a_plan_uses_nobody_twice_and_only_those_who_fit_and_can_go(need, fleet):
    advice = advised(need, fleet, a_desk(roads=FakeRoads(islands={ISLAND})))
    plan = advice.plan
    chosen = [slot.unit.callsign for slot in plan.slots if slot.unit is not None]
    held = [slot.filled_by for slot in plan.slots if slot.filled_by is not None]
    assert len(set(chosen + held)) == len(chosen + held)
    by_name = {unit.callsign: unit for unit in fleet}
    for slot in plan.slots:
        name = slot.unit.callsign if slot.unit is not None else slot.filled_by
        if name is not None:
            assert lacks(by_name[name], Needs(tuple(slot.capabilities))) is None
        if slot.unit is not None:
            assert not_free(by_name[slot.unit.callsign]) is None
            assert slot.unit.callsign in slot.order
    assert plan.complete == (not plan.shortfalls)
    assert plan.complete == all(slot.unit is not None or slot.filled_by is not None for slot in plan.slots)
    for swap in advice.swaps:
        task = by_name[swap.callsign].task
        assert task is not None
        assert task.priority > need.priority


@settings(max_examples=often(100), deadline=None)
@given(needs_asked, fleets())
def test_what_is_stored_makes_the_same_letters_again(need, fleet):
    desk = a_desk(roads=FakeRoads(islands={ISLAND}))
    written = advised(need, fleet, desk).written(desk)
    stored = written.letters().read()
    found = inputs.read(stored)
    again = advise(found.need, found, replace(desk, rules=found.rules), NOON, an_id("decision"))
    assert again.written(desk).letters() == written.letters()
