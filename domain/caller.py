"""A caller is one telephone number: what came of its calls, who speaks with it, and whom nobody answered.

It owns the rule that a number which rings for nothing again and again occupies one taker at a time.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.call_errors import CallerOccupied, EndedBeforeItRang, NothingToCallBack
from domain.values import Act

REMEMBERED = 500
"""Calls of one number that are at hand; what is older stands in the log alone."""
REAL, OPEN, OTHER = "real", "open", "other"
"""What came of a call, beside `domain/outcome.py`: help was sent for, nothing yet, nobody said."""


class EarlierCall(NamedTuple):
    call_id: UUID
    at: datetime
    outcome: str


class EarlierCalls(dict[UUID, EarlierCall]):
    """By id, in the order in which they were taken. Entries are never changed, so copies share them: a book
    is copied whenever it is looked at, and one of hundreds of calls should not be noticed."""

    def __deepcopy__(self, memo: object) -> "EarlierCalls":
        return EarlierCalls(self)


class Occupant(NamedTuple):
    """Who speaks with the number, in which call, and until when that is believed without another word."""

    call_id: UUID
    by: str
    until: datetime


class Caller(Aggregate):
    TOPIC = "Caller"

    class Known(Beginning):
        TOPIC = "Caller.Known"
        number: str

    class Rang(Fact):
        """Somebody took a call of this number."""

        TOPIC = "Caller.Rang"
        number: str
        call_id: UUID

    class Settled(Fact):
        """What came of it: `real` where help was sent for, `open` where that was a mistake, or an outcome."""

        TOPIC = "Caller.Settled"
        number: str
        call_id: UUID
        outcome: str

    class Occupied(Fact):
        TOPIC = "Caller.Occupied"
        number: str
        call_id: UUID
        by: str
        until: datetime

    class Vacated(Fact):
        TOPIC = "Caller.Vacated"
        number: str
        call_id: UUID

    class Missed(Fact):
        """It rang, and nobody answered in time. `answered_since`: a later call of the number was, before this
        one was told of; it counts, and nobody need call back."""

        TOPIC = "Caller.Missed"
        number: str
        missed_id: UUID
        rang_at: datetime
        ended_at: datetime
        line: str | None
        answered_since: bool

    class CalledBack(Fact):
        """Somebody called back. `settles` says whether the number still waits."""

        TOPIC = "Caller.CalledBack"
        number: str
        outcome: str
        settles: bool

    @event(Known)
    def __init__(self, number: str, act: Act) -> None:
        self.number = number
        self.calls = EarlierCalls()
        self.occupant: Occupant | None = None
        self.missed: dict[UUID, datetime] = {}  # not settled yet: when each rang

    @staticmethod
    def create_id(number: str) -> UUID:
        return natural_id("callers", number)

    def rang(self, call_id: UUID, act: Act) -> None:
        self._rang(number=self.number, call_id=call_id, act=act)

    def lacks(self, call_id: UUID, rang_at: datetime) -> bool:
        """Whether it should be in the book and is not. What is older than all it remembers need not be."""
        if call_id in self.calls:
            return False
        return len(self.calls) < REMEMBERED or any(call.at <= rang_at for call in self.calls.values())

    def settle(self, call_id: UUID, outcome: str, act: Act) -> None:
        known = self.calls.get(call_id)
        if known is not None and known.outcome != outcome:
            self._settled(number=self.number, call_id=call_id, outcome=outcome, act=act)

    def occupy(self, call_id: UUID, by: str, until: datetime, take_over: bool, act: Act) -> None:
        """One taker at a time. Whoever speaks with it already may take its next call, too."""
        there = self.occupant
        if there is not None and there.by != by and there.until > act.heard_at and not take_over:
            raise CallerOccupied(number=self.number, by=there.by, call_id=there.call_id, until=there.until)
        self._occupied(number=self.number, call_id=call_id, by=by, until=until, act=act)

    def vacate(self, call_id: UUID, act: Act) -> None:
        if self.occupant is not None and self.occupant.call_id == call_id:
            self._vacated(number=self.number, call_id=call_id, act=act)

    def miss(
        self, missed_id: UUID, rang_at: datetime, ended_at: datetime, line: str | None, act: Act
    ) -> None:
        if ended_at < rang_at:
            raise EndedBeforeItRang(rang_at=rang_at.isoformat(), ended_at=ended_at.isoformat())
        if missed_id not in self.missed:
            self._missed(
                number=self.number,
                missed_id=missed_id,
                rang_at=rang_at,
                ended_at=ended_at,
                line=line,
                answered_since=any(call.at >= rang_at for call in self.calls.values()),
                act=act,
            )

    def call_back(self, outcome: str, settles: bool, act: Act) -> None:
        if not self.missed:
            raise NothingToCallBack(phone=self.number)
        self._called_back(number=self.number, outcome=outcome, settles=settles, act=act)

    @event(Rang)
    def _rang(self, number: str, call_id: UUID, act: Act) -> None:
        self.calls[call_id] = EarlierCall(call_id, act.at, OPEN)
        while len(self.calls) > REMEMBERED:
            del self.calls[next(iter(self.calls))]
        self.missed = {its_id: rang_at for its_id, rang_at in self.missed.items() if rang_at > act.at}

    @event(Settled)
    def _settled(self, number: str, call_id: UUID, outcome: str, act: Act) -> None:
        if call_id in self.calls:
            self.calls[call_id] = self.calls[call_id]._replace(outcome=outcome)
        if self.occupant is not None and self.occupant.call_id == call_id:
            self.occupant = None

    @event(Occupied)
    def _occupied(self, number: str, call_id: UUID, by: str, until: datetime, act: Act) -> None:
        self.occupant = Occupant(call_id, by, until)

    @event(Vacated)
    def _vacated(self, number: str, call_id: UUID, act: Act) -> None:
        self.occupant = None

    @event(Missed)
    def _missed(
        self,
        number: str,
        missed_id: UUID,
        rang_at: datetime,
        ended_at: datetime,
        line: str | None,
        answered_since: bool,
        act: Act,
    ) -> None:
        if not answered_since:
            self.missed[missed_id] = rang_at

    @event(CalledBack)
    def _called_back(self, number: str, outcome: str, settles: bool, act: Act) -> None:
        if settles:
            self.missed = {}
