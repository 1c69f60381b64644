"""What the streams find out, carried out in this very centre: the orders of `orders.py`, by the short way.

They have the same ids as those that come through the API, so a centre that changes from one way to the other
is told nothing twice. A thread of its own does the waiting; an order the log cannot take is tried again, one
that is refused is settled by that. People go on while it waits: so here, too, nothing is written before a
look at how the run or the incident stands now.
"""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from api.follower import PictureBehind
from api.streams.orders import Arrivals, Note, Question, Report, row_wanted, too_old, wanted_of
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.faults import OperationalError
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.raise_prompt import RaisePrompt, raise_prompt
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from domain.errors import NotStored, PerhapsStored, Refused, TooContended
from domain.values import Act, Position
from projections.streams.effects import Alert, Effect, Notice, Proposal
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")

MOST_WAITING = 1_000
PAUSE_S = 2.0
ACTOR = "streams"
"""Who speaks, in the log."""
AGAIN = (NotStored, PerhapsStored, TooContended, PictureBehind, OperationalError)

Carry = Callable[[Any, Callable[[Any, Desk], Outcome]], Any]
"""As `Centre.order`."""
RowOf = Callable[[str, str], Mapping[str, Any] | None]
"""As `Centre.row`: by view and id, as it stands now."""


class OwnCentre:
    """`hear` never waits. counts: sent, passed, refused, too_old, dropped, failed."""

    def __init__(
        self,
        carry: Carry,
        row_of: RowOf,
        zone: tzinfo,
        clock: Callable[[], datetime],
        arrivals: Arrivals = "note",
        limits: Limits | None = None,
    ) -> None:
        """limits : those of the folds"""
        self._carry, self._row_of, self._zone = carry, row_of, zone
        self._clock, self._arrivals, self._limits = clock, arrivals, limits or Limits()
        self._waiting: deque[Notice] = deque()
        self._news, self._stopping = threading.Condition(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="stream-orders", daemon=True)
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What waits is let go: the next start finds it again."""
        self._stopping.set()
        with self._news:
            self._news.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def hear(self, effects: Iterable[Effect]) -> None:
        notices = [each for each in effects if isinstance(each, Alert | Proposal)]
        if not notices:
            return
        with self._news:
            self._waiting.extend(notices)
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popleft()
                self.counts["dropped"] += 1
            self._news.notify_all()

    def deliver(self, notice: Notice) -> str:
        """Carry it out; what came of it, as it is counted. Raises one of AGAIN: then try again."""
        if too_old(notice, self._clock(), self._limits):
            return "too_old"
        where = row_wanted(notice)
        row = self._row_of(*where) if where is not None else None
        wanted = wanted_of(notice, self._arrivals, self._zone, row)
        if wanted is None:
            return "passed"
        try:
            self._carry(*self._order(wanted))
        except AGAIN:
            raise
        except Refused as refusal:
            log.info("%s is refused: %s", notice.kind, type(refusal).__name__)
            return "refused"
        return "sent"

    def _order(self, wanted: Note | Question | Report) -> tuple[Any, Callable[[Any, Desk], Outcome]]:
        now, key = self._clock(), UUID(wanted.key)
        if isinstance(wanted, Note):
            incident = UUID(wanted.incident_id)
            act = Act(now, now, ACTOR, key, incident)
            return NoteIncident(act, incident, key, wanted.text), note_incident
        run = UUID(wanted.run_id)
        act = Act(min(wanted.at, now), now, ACTOR, key, run)
        position = Position(wanted.lat, wanted.lon)
        if isinstance(wanted, Question):
            return RaisePrompt(act, key, run, wanted.move, position), raise_prompt
        return ReportMilestone(act, run, wanted.milestone, position, None), report_milestone

    def _run(self) -> None:
        while (notice := self._next()) is not None:
            try:
                outcome = self.deliver(notice)
            except AGAIN:
                with self._news:
                    self._waiting.appendleft(notice)
                self._stopping.wait(PAUSE_S)
                continue
            except Exception:
                log.exception("%s could not be carried out", notice.kind)
                outcome = "failed"
            self.counts[outcome] += 1

    def _next(self) -> Notice | None:
        with self._news:
            self._news.wait_for(lambda: self._waiting or self._stopping.is_set())
            return None if self._stopping.is_set() else self._waiting.popleft()
