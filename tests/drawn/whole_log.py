"""What the whole log of a shift must be, read once more from its beginning when the shift is over."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from dispatch.desk import Desk
from dispatch.replay import replay, stored_letters
from domain.base import Fact
from domain.bed_ledger import BedLedger
from domain.decision import Decision
from domain.receipt import Receipt
from domain.run import Run
from domain.run_course import ENDS, NEXT
from domain.values import Milestone

Facts = Sequence[Fact]


def an_order_was_carried_out_once(facts: Facts, desk: Desk) -> None:
    receipts = Counter(fact.command_id for fact in facts if isinstance(fact, Receipt.Given))
    assert set(receipts.values()) <= {1}


def every_course_is_legal(facts: Facts, desk: Desk) -> None:
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


def no_bed_was_promised_twice(facts: Facts, desk: Desk) -> None:
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
            case BedLedger.ArrivedSince(patients=more) | BedLedger.ArrivalUndone(patients=more):
                usable[ledger] -= more
            case BedLedger.Held(run_id=holder):
                assert usable[ledger] > len(held[ledger])
                held[ledger].add(holder)
            case BedLedger.Released(run_id=holder) | BedLedger.Expired(run_id=holder):
                held[ledger].remove(holder)
            case BedLedger.Consumed(run_id=holder):
                held[ledger].remove(holder)
                usable[ledger] -= 1


def stored_advice_comes_out_again(facts: Facts, desk: Desk) -> None:
    """The first decision that was stored, letter by letter."""
    made = [fact.originator_id for fact in facts if isinstance(fact, Decision.Made)]
    for its_id in made[:1]:
        decision = desk.log.decision(its_id)
        assert decision is not None
        again = replay(its_id, stored_letters(decision), desk, desk.roads)
        assert again.same, again.differences


LAWS_OF_A_LOG: tuple[Callable[[Facts, Desk], None], ...] = (
    an_order_was_carried_out_once,
    every_course_is_legal,
    no_bed_was_promised_twice,
    stored_advice_comes_out_again,
)
