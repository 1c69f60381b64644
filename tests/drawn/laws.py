"""What must hold after each order of a drawn shift, whatever people asked for."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.incident import Incident
from domain.offer import Offer
from domain.patient import Patient, Stage
from domain.roll import Roll
from domain.run import Run
from domain.values import Duty
from projections.memory import MemoryViews
from tests.drawn.world import World

Law = Callable[[World, MemoryViews], None]


def no_unit_is_on_two_runs_and_each_knows_its_own(world: World, live: MemoryViews) -> None:
    under_way = [run for run in world.every(Run) if not run.is_over]
    active = {run.callsign: run.id for run in under_way}
    assert len(active) == len(under_way)
    assert {unit.callsign: unit.run_id for unit in world.units()} == {
        name: active.get(name) for name in world.unit_names
    }


def a_withdrawn_unit_is_on_no_run_and_not_on_duty(world: World, live: MemoryViews) -> None:
    for unit in world.units():
        assert unit.withdrawn is None or (unit.run_id is None and unit.duty == Duty.OUT_OF_SERVICE)


def an_incident_knows_its_runs_and_they_know_it(world: World, live: MemoryViews) -> None:
    serving = {run_id: each.id for each in world.every(Incident) for run_id in each.serving}
    assert serving == {run.id: run.incident_id for run in world.every(Run) if not run.is_over}
    for incident in world.every(Incident):
        assert set(incident.serving) <= set(incident.run_ids)
        assert len(set(incident.run_ids)) == len(incident.run_ids)


def what_is_over_or_merged_is_served_by_nobody(world: World, live: MemoryViews) -> None:
    for incident in world.every(Incident):
        if incident.closed_reason is not None or incident.merged_into is not None:
            assert not incident.serving


def a_call_is_in_one_incident_and_both_know_it(world: World, live: MemoryViews) -> None:
    told = [
        (call_id, incident.id)
        for incident in world.every(Incident)
        if incident.merged_into is None
        for call_id in incident.call_ids
    ]
    assert len({call_id for call_id, _ in told}) == len(told)
    assert dict(told) == {call.id: call.incident_id for call in world.every(Call) if call.incident_id}
    for incident in world.every(Incident):
        assert incident.call_ids  # nobody waits whom no call tells of


def a_patient_is_in_one_place(world: World, live: MemoryViews) -> None:
    """Once on the roll of their incident, and aboard where the roll says so, on a run that serves it, or that
    serves the one that stands for it."""
    tagged = [each for roll in world.every(Roll) for each in roll.tags]
    assert len(set(tagged)) == len(tagged)
    aboard = {its_id: run_id for roll in world.every(Roll) for its_id, run_id in roll.aboard.items()}
    patients = world.every(Patient)
    assert {each.id for each in patients} == set(tagged)
    assert {each.id: each.run_id for each in patients if each.run_id is not None} == aboard
    for patient in patients:
        if patient.stage in (Stage.ABOARD, Stage.ON_THE_WAY):
            run = world.find(Run, patient.run_id)
            assert run is not None
            assert not run.is_over
            assert run.incident_id == _stands_for(patient, world).id


def whoever_waits_has_an_incident_that_is_open(world: World, live: MemoryViews) -> None:
    """Where that is over nobody comes for them."""
    for patient in world.every(Patient):
        assert not (patient.before_hospital and _stands_for(patient, world).is_over)


def beds_add_up(world: World, live: MemoryViews) -> None:
    """What is free is what is staffed less what is taken, blocked and promised, in the book and on screen."""
    for ledger in world.ledgers():
        row = live.row("hospitals", ledger.hospital_id)
        assert row is not None
        shown = row["beds"][ledger.kind]
        assert shown["held"] == len(ledger.holds)
        assert shown["free"] == ledger.staffed - ledger.occupied - ledger.blocked - len(ledger.holds)
        assert shown["free"] == ledger.free


def a_bed_is_held_for_somebody_who_comes(world: World, live: MemoryViews) -> None:
    """For a run or a patient still on their way there, whose incident is open, or an incident it is kept for;
    nobody holds two."""
    held = Counter[UUID]()
    for ledger in world.ledgers():
        held.update(list(ledger.holds))
        for holder in ledger.holds:
            assert _is_bound_for(world, holder, ledger), f"{ledger.hospital_id} holds a bed for nobody"
    assert set(held.values()) <= {1}


def _is_bound_for(world: World, holder: UUID, ledger: BedLedger) -> bool:
    place = ledger.hospital_id, ledger.kind
    waiting = world.find(Incident, holder)
    if waiting is not None:
        return waiting.kept == place and not waiting.is_over
    bound = world.find(Run, holder) or world.find(Patient, holder)
    if bound is None:
        return False
    if isinstance(bound, Patient):
        coming = bound.before_hospital and not _stands_for(bound, world).is_over
    else:
        coming = not bound.is_over
    return coming and (bound.hospital_id, bound.bed_kind) == place


def _stands_for(patient: Patient, world: World) -> Incident:
    """Where the incident of a patient came to by merging; itself where it was not merged."""
    incident = world.find(Incident, patient.incident_id)
    while incident is not None and incident.merged_into is not None:
        incident = world.find(Incident, incident.merged_into[0])
    assert incident is not None
    return incident


def an_offer_was_taken_or_lapsed_and_not_both(world: World, live: MemoryViews) -> None:
    for offer in world.every(Offer):
        assert not (offer.lapsed and offer.answer is not None)


def whoever_let_an_offer_lapse_is_not_bound_by_it(world: World, live: MemoryViews) -> None:
    """No clock would run for them, and another may be on the way."""
    for offer in world.every(Offer):
        run = world.find(Run, offer.run_id)
        assert run is not None
        assert run.is_over or not (offer.lapsed or offer.next_callsign is not None)


LAWS: tuple[Law, ...] = (
    no_unit_is_on_two_runs_and_each_knows_its_own,
    a_withdrawn_unit_is_on_no_run_and_not_on_duty,
    an_incident_knows_its_runs_and_they_know_it,
    what_is_over_or_merged_is_served_by_nobody,
    a_call_is_in_one_incident_and_both_know_it,
    a_patient_is_in_one_place,
    whoever_waits_has_an_incident_that_is_open,
    beds_add_up,
    a_bed_is_held_for_somebody_who_comes,
    an_offer_was_taken_or_lapsed_and_not_both,
    whoever_let_an_offer_lapse_is_not_bound_by_it,
)
