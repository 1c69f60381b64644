"""Brings the books of callers up where orders left them for later: no call waits for its number's book."""

import logging
from itertools import islice
from uuid import UUID

from api.centre import Centre
from api.hand import machine_act
from dispatch.handlers.enter_calls import EnterCalls, enter_calls, not_entered
from dispatch.some_facts import SomeFacts
from domain.call import Call
from domain.errors import Refused

log = logging.getLogger("vigil.caller_books")

TOLD = (Call.Received, Call.Joined, Call.Separated, Call.Closed)
"""What a book tells of."""
MOST_A_TURN = 100
"""Calls that are looked at and entered at once: one save for all that a number rang meanwhile."""


class CallerBooks:
    """Turned a few times a second, by one thread: so books are never fought over. At first it looks at all
    calls in memory, for what an earlier process left."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._facts = SomeFacts(centre.desk.log, TOLD)
        self._position = centre.views.position
        self._waiting = {UUID(row["id"]): None for row in centre.views.rows("calls")}

    def turn(self) -> None:
        self._hear()
        looked_at = tuple(islice(self._waiting, MOST_A_TURN))
        missing = not_entered(looked_at, self._centre.desk)
        if missing:
            try:
                self._centre.order(EnterCalls(machine_act("clock"), missing), enter_calls)
            except Refused as refusal:
                log.warning("The books of %d calls are brought up later: %s", len(missing), refusal)
                return
        for call_id in looked_at:
            del self._waiting[call_id]

    def _hear(self) -> None:
        """Only as far as the views: what is ordered here is waited for there."""
        reached = self._centre.views.position
        if reached > self._position:
            for _, fact in self._facts.select(self._position + 1, 10_000, reached):
                self._waiting[fact.originator_id] = None
            self._position = reached
