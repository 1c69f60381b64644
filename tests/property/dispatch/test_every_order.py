"""The whole command set, in any order: what must hold on every shift, whatever people ask for.

`test_any_shift` knows the main orders well and has a second opinion of each; this one knows all of them and
judges by what the log says alone.
"""

from collections import Counter
from typing import Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dispatch.application import memory_log
from dispatch.commands import Outcome
from domain.base import Fact
from domain.bed_ledger import BedLedger
from domain.errors import Refused
from domain.receipt import Receipt
from domain.run import Run
from domain.run_course import ENDS, NEXT
from domain.values import Milestone
from projections.memory import MemoryViews
from tests.builders import NOON, Room
from tests.drawn_orders import AT_THE_START, Chooser, Orders, every_command

UNITS = ("C1", "C2", "T1", "M1")
HOSPITALS = ("cho-ray", "binh-dan")
COMMANDS = {kind: handler for kind, handler in every_command().items() if kind.__name__ not in AT_THE_START}
OFTEN = ("AssignUnit", "ReportMilestone", "ReportMilestone", "ReportMilestone", "OpenIncident", "ReceiveCall")
"""What every shift is full of: every third order or so, so that runs get somewhere."""
BY_NAME = {kind.__name__: kind for kind in COMMANDS}
KINDS = [*(BY_NAME[name] for name in OFTEN * 3), *COMMANDS]


class EveryOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = Room(memory_log(), units=UNITS, beds={"cho-ray": 2, "binh-dan": 1})
        self.log = self.room.log
        self.orders = Orders(self.log, UNITS, HOSPITALS, NOON)
        self.live = MemoryViews()
        calls = [self.room.call() for _ in range(2)]
        incidents = [self.room.incident(call_id=call_id) for call_id in calls]
        self.orders.things = {"Call": calls, "Incident": incidents}
        self.follow()

    @rule(
        which=st.integers(0, len(KINDS) - 1), numbers=st.lists(st.integers(0, 255), min_size=8, max_size=24)
    )
    def somebody_orders(self, which: int, numbers: list[int]) -> None:
        """A refusal says so in both languages and leaves everything as it was."""
        kind = next(kind for kind in (*KINDS[which:], *KINDS) if self.orders.can(kind))
        command = self.orders.draw(kind, Chooser(numbers))
        decided: list[Outcome] = []

        def watched(command: Any, desk: Any) -> Outcome:
            decided.append(COMMANDS[kind](command, desk))
            return decided[-1]

        stood = self.log.position()
        refusal: Refused | None = None
        try:
            self.room.carry_out(command, watched)
        except Refused as no:
            refusal = no
        event(f"{kind.__name__}: {type(refusal).__name__ if refusal else 'carried out'}")
        if refusal is not None:
            assert refusal.sentence("en")
            assert refusal.sentence("vi")
            assert self.log.position() == stood
            return
        assert self.log.position() > stood
        for thing in decided[-1].changed:  # what was decided is what everybody will load
            assert self.log.repository.get(thing.id, version=thing.version) == thing
        assert self.room.carry_out(command, watched).repeated  # said twice, done once
        self.orders.learn(command, decided[-1].changed)
        self.follow()

    def follow(self) -> None:
        for seq, fact in self.log.select(self.live.position + 1, 10_000):
            self.live.apply(seq, fact)

    def runs(self) -> list[Run]:
        return [run for its_id in self.orders.things.get("Run", []) if (run := self.log.find(Run, its_id))]

    @invariant()
    def no_unit_is_on_two_runs_and_each_knows_its_own(self) -> None:
        active = {run.callsign: run.id for run in self.runs() if not run.is_over}
        assert len(active) == sum(not run.is_over for run in self.runs())
        assert {name: self.log.unit(name).run_id for name in UNITS} == {
            name: active.get(name) for name in UNITS
        }

    @invariant()
    def what_is_held_and_taken_of_each_kind_of_bed_adds_up(self) -> None:
        for hospital_id in HOSPITALS:
            ledger = self.room.ledger(hospital_id)
            row = self.live.row("hospitals", hospital_id)
            assert row is not None
            shown = row["beds"][ledger.kind]
            assert shown["held"] == len(ledger.holds)
            assert shown["free"] == ledger.staffed - ledger.occupied - ledger.blocked - len(ledger.holds)

    def teardown(self) -> None:
        """At the end of the shift the whole log is read once more."""
        facts = self.log.select(1, 100_000)
        assert [place for place, _ in facts] == list(range(1, len(facts) + 1))
        receipts = Counter(fact.command_id for _, fact in facts if isinstance(fact, Receipt.Given))
        assert set(receipts.values()) <= {1}
        self.every_course_is_legal([fact for _, fact in facts])
        self.no_bed_was_promised_twice([fact for _, fact in facts])
        again = MemoryViews()
        again.take(*again.fold(facts))  # at one go, where the live ones followed save by save
        assert again.digests() == self.live.digests()

    def every_course_is_legal(self, facts: list[Fact]) -> None:
        """What was undone is out of the course again; an assignment that was, is stood down."""
        courses: dict[Any, list[str]] = {}
        for fact in facts:
            if isinstance(fact, Run.Assigned):
                courses[fact.originator_id] = [Milestone.ASSIGNED]
            elif isinstance(fact, Run.Undone):
                assert courses[fact.originator_id].pop() == fact.milestone
            elif isinstance(fact, Run.Progressed):
                course = courses[fact.originator_id]
                before = Milestone(course[-1]) if course else Milestone.ASSIGNED
                assert Milestone(fact.milestone) in NEXT[before]
                assert course or fact.milestone == Milestone.STOOD_DOWN
                course.append(fact.milestone)
        for course in courses.values():
            assert not ENDS & set(course[:-1])

    def no_bed_was_promised_twice(self, facts: list[Fact]) -> None:
        """A hold is written only where one more bed was free, whatever was reported later."""
        usable: Counter[Any] = Counter()
        held: dict[Any, set[Any]] = {}
        for fact in facts:
            ledger = fact.originator_id
            match fact:
                case BedLedger.Opened(staffed=staffed):
                    usable[ledger], held[ledger] = staffed, set()
                case BedLedger.Reported(staffed=staffed, occupied=occupied, blocked=blocked):
                    usable[ledger] = staffed - occupied - blocked
                case BedLedger.Held(run_id=holder):
                    assert usable[ledger] > len(held[ledger])
                    held[ledger].add(holder)
                case BedLedger.Released(run_id=holder) | BedLedger.Expired(run_id=holder):
                    held[ledger].remove(holder)
                case BedLedger.Consumed(run_id=holder):
                    held[ledger].remove(holder)
                    usable[ledger] -= 1


@pytest.mark.timeout(400)
class TestEveryOrder(EveryOrder.TestCase):
    settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.slow
@pytest.mark.timeout(3600)
class TestTenThousandShifts(EveryOrder.TestCase):
    settings = settings(max_examples=10_000, stateful_step_count=40, deadline=None)
