"""One kind of bed in one hospital, pulled at from all sides: never is a bed promised that is not there."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.bed_ledger import BedLedger
from domain.errors import CountOvertaken, NoBedFree
from domain.values import Act, BedCount
from projections.bed_count import beds_after
from projections.rows import Row
from tests.builders import NOON, a_ledger, an_id

RUNS = [an_id(f"run {n}") for n in range(5)]


class AnyLedger(RuleBasedStateMachine):
    """The twin keeps every arrival and every count with when it was heard, and counts anew each time."""

    @initialize(staffed=st.integers(0, 3))
    def the_city_file_is_read(self, staffed: int) -> None:
        self.ledger: BedLedger = a_ledger(staffed)
        self.now = NOON
        self.staffed, self.counted = staffed, 0
        self.counts: list[tuple[int, datetime]] = []
        self.arrived: list[tuple[int, datetime]] = []
        self.promised: dict[UUID, datetime] = {}
        self.steps = 0

    def act(self, passed: int, ago: int = 0) -> Act:
        self.now += timedelta(minutes=passed)
        self.steps += 1
        order = an_id(f"order {self.now}")
        return Act(self.now - timedelta(minutes=ago), self.now, "x", order, order)

    def lapse(self) -> None:
        self.promised = {run: until for run, until in self.promised.items() if until > self.now}

    def free(self) -> int:
        """Whoever came lies in a bed, until a count that was told later and taken no earlier has seen them.

        One told of late may have been seen by a count before: then a bed too few is promised, none too many.
        """
        uncounted = sum(
            not any(told > heard and taken >= at for told, taken in self.counts) for heard, at in self.arrived
        )
        return self.staffed - self.counted - uncounted - len(self.promised)

    @rule(run=st.sampled_from(RUNS), passed=st.integers(0, 20), kept=st.integers(1, 30))
    def a_bed_is_wanted(self, run: UUID, passed: int, kept: int) -> None:
        act = self.act(passed)
        until = self.now + timedelta(minutes=kept)
        self.lapse()
        there = run in self.promised or self.free() > 0
        try:
            self.ledger.hold(run, "C1", until, "Chợ Rẫy", act)
        except NoBedFree:
            assert not there
            return
        assert there, "a bed was promised that was not there"
        self.promised[run] = max(until, self.promised.get(run, until))

    @rule(run=st.sampled_from(RUNS), passed=st.integers(0, 5), late=st.integers(0, 15), comes=st.booleans())
    def somebody_comes_or_stays_away(self, run: UUID, passed: int, late: int, comes: bool) -> None:
        act = self.act(passed, ago=late)
        had_one = self.promised.pop(run, None) is not None
        if comes:
            self.ledger.consume(run, act)
            self.arrived += [(self.steps, act.at)] if had_one else []
        else:
            self.ledger.release(run, act)

    @rule(
        staffed=st.integers(0, 4), share=st.integers(0, 4), ago=st.integers(0, 30), passed=st.integers(0, 9)
    )
    def the_hospital_counts(self, staffed: int, share: int, ago: int, passed: int) -> None:
        act = self.act(passed, ago)
        taken = min(share, staffed)
        try:
            self.ledger.report(BedCount(staffed, taken), act)
        except CountOvertaken:
            assert act.at < max(when for _, when in self.counts)
            return
        self.staffed, self.counted = staffed, taken
        self.counts.append((self.steps, act.at))

    @rule(passed=st.integers(0, 40))
    def the_clock_takes_back_what_lapsed(self, passed: int) -> None:
        self.ledger.expire(self.act(passed))
        self.lapse()

    @invariant()
    def the_ledger_and_its_twin_agree(self) -> None:
        held = {run: hold.until for run, hold in self.ledger.holds.items()}
        assert held == self.promised
        assert self.ledger.free == self.free()

    @invariant()
    def the_screen_shows_the_same(self) -> None:
        beds: dict[str, Row] = {}
        for fact in self.ledger.pending_events:
            beds = beds_after(beds, fact)
        shown = beds[self.ledger.kind]
        assert (shown["free"], shown["held"]) == (self.ledger.free, len(self.ledger.holds))
        assert shown["occupied"] == self.ledger.occupied


TestAnyLedger = AnyLedger.TestCase
TestAnyLedger.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
