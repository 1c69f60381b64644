"""The rows of patients with tags, of asking hospitals and of handing over, fact by fact."""

from datetime import UTC, timedelta

from domain.patient import Patient, Stage
from domain.referral import Referral
from domain.values import Milestone
from projections.memory import MemoryViews
from projections.rows import Row
from tests.builders import NOON, an_act, an_id, minutes
from tests.histories import ED, World
from tests.unit.projections.folding import row_of

PATIENT, INCIDENT, RUN = an_id("patient"), an_id("incident"), an_id("run")


def a_patient() -> Patient:
    return Patient(
        patient_id=PATIENT,
        incident_id=INCIDENT,
        incident_number=7,
        tag="7-01",
        category=None,
        age_band="adult",
        sex="F",
        act=an_act(),
    )


def a_referral() -> Referral:
    return Referral(run_id=RUN, incident_id=INCIDENT, incident_number=7, callsign="C1", act=an_act())


def shown(view: str, row_id: object, *things: Patient | Referral) -> Row:
    views = MemoryViews()
    facts = [fact for thing in things for fact in thing.pending_events]
    for seq, fact in enumerate(facts, 1):
        views.apply(seq, fact)
    row = views.row(view, str(row_id))
    assert row is not None
    return row


def test_a_patient_goes_by_a_clock_of_its_own():
    patient = a_patient()
    patient.triage("red", "start", {"walks": False}, an_act(minutes(1)))
    patient.send_to("cho-ray", ED, None, an_act(minutes(2)))
    patient.board(RUN, "C1", an_act(minutes(3)))
    patient.move(Stage.ON_THE_WAY, "cho-ray", an_act(minutes(4)))
    patient.move(Stage.AT_HOSPITAL, "cho-ray", an_act(minutes(9)))
    row = shown("patients", PATIENT, patient)
    assert (row["category"], row["triage"]["method"], row["callsign"]) == ("red", "start", "C1")
    assert (row["state"], row["ended_at"]) == ("at_hospital", None)
    assert list(row["times"]) == ["at_scene", "aboard", "on_the_way", "at_hospital"]
    patient.move(Stage.HANDED_OVER, "cho-ray", an_act(minutes(20)))
    assert shown("patients", PATIENT, patient)["ended_at"] == row_time(20)


def test_nobody_goes_backwards_and_what_is_said_twice_is_no_news():
    patient = a_patient()
    patient.board(RUN, "C1", an_act())
    patient.move(Stage.AT_HOSPITAL, "cho-ray", an_act())
    patient.move(Stage.ON_THE_WAY, "cho-ray", an_act())
    patient.move(Stage.AT_HOSPITAL, "cho-ray", an_act())
    patient.board(RUN, "C1", an_act())
    assert [type(fact).__name__ for fact in patient.pending_events] == ["Entered", "Boarded", "Moved"]


def test_off_the_run_again_a_patient_waits_at_the_scene():
    patient = a_patient()
    patient.board(RUN, "C1", an_act(minutes(1)))
    patient.alight(an_act(minutes(2)))
    row = shown("patients", PATIENT, patient)
    assert (row["state"], row["run_id"], list(row["times"])) == ("at_scene", None, ["at_scene"])


def test_the_row_of_a_referral_tells_who_was_asked_and_who_need_not_be_asked_again():
    referral = a_referral()
    until = NOON + timedelta(seconds=120)
    referral.ask("cho-ray", ED, until, an_act())
    assert shown("referrals", RUN, referral)["state"] == "asked"
    referral.give_up("binh-dan", an_act(NOON + timedelta(seconds=119)))
    assert shown("referrals", RUN, referral)["state"] == "asked"
    referral.give_up("binh-dan", an_act(until))
    row = shown("referrals", RUN, referral)
    assert (row["state"], row["proposed_hospital_id"]) == ("unanswered", "binh-dan")
    referral.ask("binh-dan", ED, minutes(9), an_act(minutes(3)))
    referral.answer("binh-dan", "redirect", "hết máy thở", "nhi-dong", an_act(minutes(4)))
    row = shown("referrals", RUN, referral)
    assert (row["state"], row["reason"], row["proposed_hospital_id"]) == (
        "redirect",
        "hết máy thở",
        "nhi-dong",
    )
    assert [each["hospital_id"] for each in row["declined"]] == ["cho-ray", "binh-dan"]
    referral.answer("binh-dan", "accept", None, None, an_act(minutes(5)))
    assert shown("referrals", RUN, referral)["state"] == "accepted"


def test_a_handover_that_is_taken_back_stands_at_the_door_as_before_and_is_counted_no_more():
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    incident = world.open(world.call())
    run = world.send("C1", incident, "cho-ray", ED)
    for milestone in ("en_route", "on_scene", "transporting", "at_hospital", "handed_over"):
        world.wait(minutes=5)
        world.progress(run, Milestone(milestone))
    row = row_of(world, "hospitals", "cho-ray")
    (handover,) = row["handovers"]
    assert row["inbound"] == []
    run.undo(run.version, timedelta(hours=1), "bấm nhầm", world.act())
    world.save(run)
    row = row_of(world, "hospitals", "cho-ray")
    assert row["handovers"] == []
    (entry,) = row["inbound"]
    assert (entry["arrived"], entry["arrived_at"]) == (True, handover["arrived_at"])


def test_of_handovers_told_late_the_newest_is_the_one_that_happened_last():
    """Two crews at one door; the one that was first tells it second."""
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    incident = world.open(world.call())
    first, second = [world.send(callsign, incident, "cho-ray", ED) for callsign in ("C1", "T2")]
    for milestone in ("en_route", "on_scene", "transporting", "at_hospital"):
        for run in (first, second):
            world.wait(minutes=5)
            world.progress(run, Milestone(milestone))
    earlier = world.now + timedelta(minutes=1)
    world.wait(minutes=9)
    world.progress(second, Milestone.HANDED_OVER)
    world.progress(first, Milestone.HANDED_OVER, at=earlier)
    told = [each["run_id"] for each in row_of(world, "hospitals", "cho-ray")["handovers"]]
    assert told == [str(first.id), str(second.id)]


def row_time(minute: float) -> str:
    return minutes(minute).astimezone(UTC).isoformat()
