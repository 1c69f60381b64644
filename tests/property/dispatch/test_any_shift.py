"""Orders in any order, by people in any mood: what must hold on every shift holds after each of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dispatch.application import memory_log
from dispatch.commands import Outcome
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.divert_hospital import EndDiversion, StartDiversion, end_diversion, start_diversion
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.handlers.triage_call import TriageCall, triage_call
from domain.errors import Refused
from domain.receipt import Receipt
from domain.run import Run
from domain.values import Act, BedCount, Duty, Milestone, Position
from tests.builders import HERE, NOON, Room, an_id
from tests.often import often

UNITS = ("C1", "C2", "T1", "M1")
HOSPITALS = ("cho-ray", "binh-dan")
ED = "EmergencyDepartment"
GONE = {"at_hospital", "handed_over", "clear", "declined", "stood_down"}

# The legal pairs once more, in other words than the program's.
MAY_FOLLOW = {
    pair
    for way in (
        "assigned accepted en_route on_scene patient_contact transporting at_hospital handed_over clear",
        "assigned en_route stood_down",
        "assigned declined",
        "assigned stood_down",
        "accepted stood_down",
        "on_scene transporting",
        "on_scene clear",
        "on_scene stood_down",
        "patient_contact clear",
    )
    for pair in pairwise(way.split())
}

WHERE_TO = [("cho-ray", ED), ("binh-dan", ED), ("binh-dan", None)]
WRONG = [(None, None), (None, ED), ("nowhere", ED)]
whichever = st.integers(0, 99)
rarely_late = st.sampled_from([0, 0, 0, 0, 0, 3])
seldom = st.sampled_from([False, False, False, True])


@dataclass
class Promise:
    hospital_id: str
    until: datetime


class AnyShift(RuleBasedStateMachine):
    """`promises` and `occupied` are a second, simple opinion of what the ledgers should say."""

    @initialize(staffed=st.tuples(st.integers(0, 2), st.integers(1, 3)))
    def the_shift_begins(self, staffed: tuple[int, int]) -> None:
        beds = dict(zip(HOSPITALS, staffed, strict=True))
        self.room = Room(memory_log(), units=UNITS, beds=beds)
        self.log = self.room.log
        self.now = NOON
        self.orders = 0
        self.calls = [self.room.call() for _ in range(3)]
        self.incidents = [self.room.incident(call_id=call_id) for call_id in self.calls]
        self.runs: list[UUID] = []
        self.fetched: tuple[int, list[Run]] = (-1, [])
        self.promises: dict[UUID, Promise] = {}
        self.occupied = dict.fromkeys(HOSPITALS, 0)
        self.arrivals: dict[str, list[datetime]] = {hospital_id: [] for hospital_id in HOSPITALS}
        self.staffed = beds
        self.last: tuple[Any, Any] | None = None

    def act(self, ago: int = 0) -> Act:
        """Each order comes a minute after the one before; `ago` minutes before it was heard it happened."""
        self.orders += 1
        self.now += timedelta(minutes=1)
        order = an_id(f"order {self.orders}")
        return Act(self.now - timedelta(minutes=ago), self.now, "somebody", order, order)

    def fresh(self) -> UUID:
        return an_id(f"thing {self.orders}")

    def order(self, command: Any, handler: Callable[..., Outcome]) -> bool:
        """True if it was carried out; a refusal must leave the log where it stood."""
        decided: list[Outcome] = []

        def watched(command: Any, desk: Any) -> Outcome:
            decided.append(handler(command, desk))
            return decided[-1]

        stood = self.log.position()
        refusal: Refused | None = None
        try:
            self.room.carry_out(command, watched)
        except Refused as no:
            refusal = no
        name = type(command).__name__
        event(f"{name}: {type(refusal).__name__ if refusal else 'carried out'}")
        if refusal is not None:
            assert refusal.sentence("en")
            assert refusal.sentence("vi")
            assert self.log.position() == stood
            assert self.log.receipt(command.act.command_id) is None
            return False
        assert self.log.position() > stood
        for thing in decided[-1].changed:  # what was decided is what everybody will load
            assert self.log.find(type(thing), thing.id) == thing
            assert self.log.repository.get(thing.id, version=thing.version) == thing
        self.last = (command, handler)
        return True

    # Three rules and no more: the more there are, the fewer orders each shift has of one kind.

    @rule(
        which=whichever,
        unit=st.sampled_from(UNITS),
        where_to=st.sampled_from([*WHERE_TO * 3, *WRONG, ("cho-ray", "Burn")]),
        ago=rarely_late,
        steps=st.lists(whichever, max_size=8),
    )
    def a_unit_is_sent(
        self,
        which: int,
        unit: str,
        where_to: tuple[str | None, str | None],
        ago: int,
        steps: list[int],
    ) -> None:
        act, run_id = self.act(ago), self.fresh()
        incident_id = self.incidents[-1 - which % min(len(self.incidents), 3)]
        order = AssignUnit(act, run_id, incident_id, unit, *where_to, None, None, None, None)
        if self.order(order, assign_unit):
            self.runs.append(run_id)
            if all(where_to):
                self.promise(run_id)
            self.crew_reports(run_id, steps)

    @precondition(lambda self: self.runs)
    @rule(
        which=whichever,
        what=st.sampled_from(["report", "report", "report", "redirect", "correct"]),
        steps=st.lists(whichever, min_size=1, max_size=6),
        where_to=st.sampled_from([*WHERE_TO, *WRONG]),
        ago=rarely_late,
    )
    def a_run_goes_on(
        self, which: int, what: str, steps: list[int], where_to: tuple[str | None, str | None], ago: int
    ) -> None:
        run_id = self.runs[-1 - which % min(len(self.runs), 5)]
        if what == "report":
            self.crew_reports(run_id, steps, ago)
        elif what == "redirect":
            self.run_is_redirected(run_id, *where_to)
        else:
            self.time_is_corrected(run_id, steps[0], shift=which % 9 - 4)

    @rule(
        what=st.sampled_from(["minutes", "minutes", "call", "incident", "ward", "door", "crew", "again"]),
        which=whichever,
        to=whichever,
        wrong=seldom,
        ago=rarely_late,
    )
    def life_goes_on(self, what: str, which: int, to: int, wrong: bool, ago: int) -> None:
        match what:
            case "minutes":
                self.minutes_pass([1, 10, 30, 61][which % 4], [*HOSPITALS, None][to % 3])
            case "call":
                self.call_goes_on(which, to, wrong)
            case "incident":
                self.incident_goes_on(which, to, wrong)
            case "ward":
                self.hospital_counts(HOSPITALS[which % 2], 1 + to % 4, to % 3, ago)
            case "door":
                self.hospital_diverts(HOSPITALS[which % 2], [-1, 1, 24, 25, None][to % 5])
            case "crew":
                duty = Duty.OFF_DUTY if wrong else Duty.ON_DUTY
                self.order(SignUnit(self.act(), UNITS[which % 4], duty, None), sign_unit)
            case "again" if self.last is not None:
                stood = self.log.position()
                assert self.room.carry_out(*self.last).repeated
                assert self.log.position() == stood

    # --- runs ---------------------------------------------------------------------------------

    def crew_reports(self, run_id: UUID, steps: list[int], ago: int = 0) -> None:
        """Mostly what is expected, and mostly onwards."""
        for step in steps:
            expected = self.log.run(run_id).allowed()
            onwards = [each for each in expected if each not in ("declined", "stood_down")]
            choice = onwards if step < 75 else expected if step < 90 else tuple(Milestone)
            milestone = (choice or tuple(Milestone))[step % len(choice or Milestone)].value
            order = ReportMilestone(self.act(3 if step % 8 == 7 else ago), run_id, milestone, None, None)
            if self.order(order, report_milestone) and milestone in GONE:
                self.bed_after(run_id, milestone, order.act.at)

    def bed_after(self, run_id: UUID, milestone: str, at: datetime) -> None:
        """Who arrives takes its bed, or else a fellow's; who turns back leaves it to a fellow."""
        run = self.log.run(run_id)
        fellows = [
            self.log.run(each) for each in self.log.incident(run.incident_id).serving if each != run_id
        ]
        there = [each for each in fellows if each.hospital_id == run.hospital_id and each.bed_kind == ED]
        promise = self.promises.pop(run_id, None)
        if milestone == "at_hospital":
            shared = [each.id for each in there if run.bed_kind == ED and each.id in self.promises]
            if promise is None and shared:
                promise = self.promises.pop(shared[0])
            if promise is not None:
                self.occupied[promise.hospital_id] += 1
                self.arrivals[promise.hospital_id].append(at)
        elif promise is not None:
            heirs = [each.id for each in there if each.milestone not in GONE and each.id not in self.promises]
            if heirs and self.room_left(promise.hospital_id):
                self.promise(heirs[0])

    def room_left(self, hospital_id: str) -> bool:
        held = sum(promise.hospital_id == hospital_id for promise in self.promises.values())
        return self.staffed[hospital_id] > self.occupied[hospital_id] + held

    def run_is_redirected(self, run_id: UUID, hospital_id: str | None, bed: str | None) -> None:
        before = self.log.run(run_id)
        same = (before.hospital_id, before.bed_kind) == (hospital_id, bed if hospital_id else None)
        order = RedirectRun(self.act(), run_id, hospital_id, bed, None)
        if self.order(order, redirect_run):
            if not same:
                self.promises.pop(run_id, None)
            if hospital_id and bed and before.milestone not in GONE | {"handed_over"}:
                self.promise(run_id)

    def time_is_corrected(self, run_id: UUID, step: int, shift: int) -> None:
        run = self.log.run(run_id)
        reported = [*run.times, "at_hospital"]
        milestone = reported[step % len(reported)]
        at = run.times.get(milestone, self.now) + timedelta(minutes=shift)
        self.order(CorrectMilestone(self.act(), run_id, milestone, at, "sai"), correct_milestone)

    # --- everything else ----------------------------------------------------------------------

    def minutes_pass(self, minutes: int, hospital_id: str | None) -> None:
        """Whoever watches for what has run out may sleep."""
        self.now += timedelta(minutes=minutes)
        if hospital_id is not None:
            assert self.order(ExpirePromises(self.act(), hospital_id, (ED,)), expire_promises)
            self.lapse(hospital_id)
            until = self.log.hospital(hospital_id).diverting_until
            assert until is None or until > self.now

    def call_goes_on(self, which: int, to: int, wrong: bool) -> None:
        call_id = self.calls[-1 - which % min(len(self.calls), 3)]
        incident_id = self.incidents[to % len(self.incidents)]
        act, fresh = self.act(), self.fresh()
        match ["ring", "join", "open", "locate", "ring", "join", "triage", "close"][which % 8]:
            case "ring":
                order = ReceiveCall(act, fresh, "?" if wrong else "115", None, HERE, None, "Té xe")
                if self.order(order, receive_call):
                    self.calls.append(fresh)
            case "open":
                priority = "P9" if wrong else ["P1", "P3", None][to % 3]
                if self.order(OpenIncident(act, fresh, call_id, HERE, None, priority, 1), open_incident):
                    self.incidents.append(fresh)
            case "triage":
                problem = "boredom" if wrong else ["stroke", "injury", "no_emergency"][to % 3]
                self.order(TriageCall(act, call_id, "general", {"problem": problem}), triage_call)
            case "join":
                self.order(JoinCall(act, call_id, incident_id), join_call)
            case "close":
                self.order(CloseCall(act, call_id, "nhầm số"), close_call)
            case "locate":
                self.order(LocateCall(act, call_id, Position(10.7 + to / 1000, 106.7), None), locate_call)

    def incident_goes_on(self, which: int, to: int, wrong: bool) -> None:
        incident_id = self.incidents[which % len(self.incidents)]
        act = self.act()
        if wrong:
            self.order(CloseIncident(act, incident_id, "xong"), close_incident)
        elif to % 2:
            self.order(NoteIncident(act, incident_id, self.fresh(), "…"), note_incident)
        else:
            priority = ["P0", "P1", "P4"][to % 3]
            self.order(ReprioritiseIncident(act, incident_id, priority, None), reprioritise_incident)

    def hospital_counts(self, hospital_id: str, staffed: int, taken: int, ago: int) -> None:
        counts = {ED: BedCount(staffed, taken)}
        act = self.act(ago)
        if self.order(ReportBeds(act, hospital_id, counts), report_beds):
            uncounted = sum(at > act.at for at in self.arrivals[hospital_id])
            self.staffed[hospital_id], self.occupied[hospital_id] = staffed, taken + uncounted

    def hospital_diverts(self, hospital_id: str, hours: int | None) -> None:
        if hours is None:
            self.order(EndDiversion(self.act(), hospital_id), end_diversion)
        else:
            until = self.now + timedelta(hours=hours)
            self.order(StartDiversion(self.act(), hospital_id, "đầy", ("trauma",), until), start_diversion)

    def promise(self, run_id: UUID) -> None:
        """Each incident here has one patient, so one bed is promised for it and no more."""
        run = self.log.run(run_id)
        hospital_id = str(run.hospital_id)
        fellows = set(self.log.incident(run.incident_id).serving) - {run_id}
        if fellows & set(self.promises):
            return
        self.lapse(hospital_id)
        self.promises[run_id] = Promise(hospital_id, self.now + self.room.desk.hold_for)
        assert self.room.ledger(hospital_id).free >= 0, "a bed was promised that was not there"

    def lapse(self, hospital_id: str) -> None:
        for run_id, promise in list(self.promises.items()):
            if promise.hospital_id == hospital_id and promise.until <= self.now:
                del self.promises[run_id]

    # --- what must hold -----------------------------------------------------------------------

    def all_runs(self) -> list[Run]:
        """Fetched once a step, not once a question."""
        if self.fetched[0] != self.log.position():
            self.fetched = (self.log.position(), [self.log.run(run_id) for run_id in self.runs])
        return self.fetched[1]

    def active(self) -> list[Run]:
        return [run for run in self.all_runs() if not run.is_over]

    @invariant()
    def no_unit_is_on_two_runs_and_each_knows_its_own(self) -> None:
        by_callsign = {run.callsign: run.id for run in self.active()}
        assert len(by_callsign) == len(self.active())
        assert {callsign: self.log.unit(callsign).run_id for callsign in UNITS} == {
            callsign: by_callsign.get(callsign) for callsign in UNITS
        }

    @invariant()
    def each_incident_knows_who_serves_it(self) -> None:
        for incident_id in self.incidents:
            serving = {run.id: run.callsign for run in self.active() if run.incident_id == incident_id}
            incident = self.log.incident(incident_id)
            assert incident.serving == serving
            assert not (serving and incident.closed_reason)

    @invariant()
    def calls_and_incidents_know_each_other(self) -> None:
        calls = [self.log.call(call_id) for call_id in self.calls]
        joined = {(call.id, call.incident_id) for call in calls if call.incident_id}
        assert joined == {
            (call_id, incident_id)
            for incident_id in self.incidents
            for call_id in self.log.incident(incident_id).call_ids
        }
        assert not [call for call in calls if call.incident_id and call.closed_reason]

    @invariant()
    def each_bed_is_promised_to_a_run_on_its_way_there(self) -> None:
        on_their_way = {run.id: run for run in self.active() if run.milestone not in GONE}
        for hospital_id in HOSPITALS:
            ledger = self.room.ledger(hospital_id)
            assert {run_id: hold.until for run_id, hold in ledger.holds.items()} == {
                run_id: promise.until
                for run_id, promise in self.promises.items()
                if promise.hospital_id == hospital_id
            }
            for run_id, hold in ledger.holds.items():
                assert on_their_way[run_id].hospital_id == hospital_id
                assert on_their_way[run_id].bed_kind == ED
                assert on_their_way[run_id].callsign == hold.callsign
            assert (ledger.staffed, ledger.occupied) == (
                self.staffed[hospital_id],
                self.occupied[hospital_id],
            )
            assert ledger.free == ledger.staffed - ledger.occupied - len(ledger.holds)

    @invariant()
    def times_of_a_run_never_go_back(self) -> None:
        for run in self.all_runs():
            times = list(run.times.values())
            assert times == sorted(times)

    def teardown(self) -> None:
        """At the end of the shift the whole log is read once more."""
        facts = self.log.select(1, 100_000)
        assert [place for place, _ in facts] == list(range(1, len(facts) + 1))
        receipts = Counter(fact.command_id for _, fact in facts if isinstance(fact, Receipt.Given))
        assert set(receipts.values()) <= {1}
        for run_id in self.runs:
            course = [
                fact.milestone
                for _, fact in facts
                if isinstance(fact, Run.Progressed) and fact.originator_id == run_id
            ]
            for pair in pairwise(["assigned", *course]):
                assert pair in MAY_FOLLOW
        numbers = [self.log.incident(incident_id).number for incident_id in self.incidents]
        for number, following in pairwise(numbers):
            assert following in (number + 1, 1)


TestAnyShift = AnyShift.TestCase
TestAnyShift.settings = settings(max_examples=often(60), stateful_step_count=40, deadline=None)


@pytest.mark.slow
@pytest.mark.timeout(900)
class TestManyLongShifts(AnyShift.TestCase):
    settings = settings(max_examples=500, stateful_step_count=100, deadline=None)
