"""A log for one writer whose facts go into a file while the night is played: however long it is, memory
holds what is not written yet, and the things themselves."""

from typing import Any, cast
from uuid import UUID

from dispatch.application import DispatchLog
from domain.base import Aggregate, Fact
from domain.decision import Decision
from domain.receipt import Receipt
from simulations.full.memory import nothing_to_sweep
from simulations.full.quick_log import AT_ONCE, QuickLog

NEVER_ASKED_AGAIN = frozenset({Receipt, Decision})
PIECE = 500
"""So many facts are held before they are put in letters: of some dozen calls, half a megabyte, which the
processor has at hand still; and what they took is used again for the next."""


class AnotherNight(ValueError):
    """What is stored already is not what happens now."""


class KeptLog(QuickLog):
    """Facts that are stored already are not written twice: they are held against the file, letter by letter.

    store    : a log in an SQLite file; or in memory, where nobody goes on with it
    position : so many of its facts have happened; what it holds beyond is expected to happen again
    """

    name = "dispatch"  # the library does not let it be inherited

    def __init__(self, store: DispatchLog, position: int = 0) -> None:
        super().__init__()
        self.store, self._written, self._stored = store, position, store.position()
        self._letters: list[Any] = []
        """What comes after what is written, in letters already."""
        if not position:
            return
        if self._stored < position:
            raise AnotherNight(f"The log ends at fact {self._stored}, and {position} are said to be stored.")
        for place, its_id in enumerate(_whose(store, position)):
            self._places.setdefault(its_id.int, []).append(place)

    def record(self, *aggregates: Aggregate) -> int:
        if len(self._facts) >= PIECE:
            self._put_in_letters()
        return super().record(*aggregates)

    def position(self) -> int:
        return self._written + len(self._letters) + len(self._facts)

    def select(self, start: int, limit: int, stop: int | None = None) -> list[tuple[int, Fact]]:
        """A page ends where the file does, and what is not written yet begins."""
        start = max(start, 1)
        if start <= self._written:
            return self.store.select(start, limit, min(stop or self._written, self._written))
        end = self.position() if stop is None else min(stop, self.position())
        last = min(start + limit - 1, end)
        waiting = self._written + len(self._letters)
        if start > waiting:  # as who follows the night asks
            return list(enumerate(self._facts[start - 1 - waiting : max(0, last - waiting)], start))
        return [(place, self._fact(place - 1)) for place in range(start, last + 1)]

    def keep(self) -> int:
        """Write what is not written yet; the position then. Raises AnotherNight."""
        with nothing_to_sweep():
            self._put_in_letters()
            self._write()
        return self._written

    def _put_in_letters(self) -> None:
        """While the processor still has at hand what the facts tell. Nobody asks for them again."""
        self._letters += map(self.store.mapper.to_stored_event, self._facts)
        for fact in self._facts:
            number = fact.originator_id.int
            if type(self._things.get(number)) in NEVER_ASKED_AGAIN:
                del self._things[number]
        self._facts = []
        if len(self._letters) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        letters = self._letters
        known = max(0, min(len(letters), self._stored - self._written))
        self._hold_against(letters[:known])
        for begin in range(known, len(letters), AT_ONCE):
            self.store.recorder.insert_events(letters[begin : begin + AT_ONCE])
        self._written += len(letters)
        self._stored = max(self._stored, self._written)
        self._letters = []

    def _hold_against(self, letters: list[Any]) -> None:
        begin = self._written
        for first in range(0, len(letters), AT_ONCE):
            some = letters[first : first + AT_ONCE]
            stored = self.store.recorder.select_notifications(start=begin + first + 1, limit=len(some))
            for now, before in zip(some, stored, strict=True):
                told = before.originator_id, before.originator_version, before.topic, bytes(before.state)
                if told != (now.originator_id, now.originator_version, now.topic, now.state):
                    raise AnotherNight(
                        f"Fact {before.id} of the log is {before.topic}, and now it is {now.topic} or says "
                        "something else. The night cannot go on from it."
                    )

    def _get(self, its_id: UUID) -> object | None:
        thing = super()._get(its_id)
        if thing is None and its_id.int in self._places:
            thing = self._things[its_id.int] = self._as_recorded(its_id)
        return thing

    def _fact(self, place: int) -> Fact:
        place -= self._written
        if place < 0:
            ((_, fact),) = self.store.select(place + self._written + 1, 1)
            return fact
        waiting = len(self._letters)
        if place < waiting:
            return cast(Fact, self.store.mapper.to_domain_event(self._letters[place]))
        return self._facts[place - waiting]


def _whose(store: DispatchLog, position: int) -> list[UUID]:
    """Whose each fact is, up to a position, without reading what it says."""
    recorder: Any = store.recorder
    with recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute(
            f"SELECT originator_id FROM {recorder.events_table_name} WHERE rowid <= ? ORDER BY rowid",
            (position,),
        )
        return [UUID(row["originator_id"]) for row in cursor.fetchall()]
