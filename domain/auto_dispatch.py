"""Dispatch without a hand, and the hand that may stop it: proposed, counted down, vetoed or sent.

One thing an incident. Veto and sending both write here, so exactly one of them wins.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.assignment_errors import NothingProposed
from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.values import Act

State = Literal["idle", "proposed", "vetoed", "sent", "dropped"]
PASSING = ("not_free", "place_in_doubt")
"""Why a proposal is dropped and another may follow."""
SAID: dict[str, tuple[str, str]] = {
    "sent": (": it was sent already", ": xe đã được điều"),
    "vetoed": (": it was vetoed already", ": đã bị hủy trước đó"),
    "dropped": (": it was dropped", ": đề xuất đã bị bỏ"),
}


class AutoDispatch(Aggregate):
    """`by_hand` : a dispatcher vetoed, or sent somebody: from then on nothing is proposed any more."""

    TOPIC = "AutoDispatch"

    class Watched(Beginning):
        TOPIC = "AutoDispatch.Watched"
        incident_id: UUID
        number: int

    class Proposed(Fact):
        TOPIC = "AutoDispatch.Proposed"
        incident_id: UUID
        callsigns: tuple[str, ...]
        hospital_id: str | None
        bed_kind: str | None
        decision_id: UUID
        veto_s: float
        due_at: datetime

    class Vetoed(Fact):
        TOPIC = "AutoDispatch.Vetoed"
        incident_id: UUID
        reason: str | None

    class Sent(Fact):
        TOPIC = "AutoDispatch.Sent"
        incident_id: UUID
        callsigns: tuple[str, ...]
        run_ids: tuple[UUID, ...]

    class Dropped(Fact):
        """What was proposed cannot be, or need not be any more."""

        TOPIC = "AutoDispatch.Dropped"
        incident_id: UUID
        why: str  # by_hand, closed, not_free or place_in_doubt

    @event(Watched)
    def __init__(self, incident_id: UUID, number: int, act: Act) -> None:
        self.incident_id = incident_id
        self.number = number
        self.state: State = "idle"
        self.by_hand = False
        self.callsigns: tuple[str, ...] = ()
        self.due_at: datetime | None = None
        self.rounds = 0

    @staticmethod
    def create_id(incident_id: UUID) -> UUID:
        return natural_id("auto_dispatch", incident_id)

    @property
    def open_to_proposals(self) -> bool:
        return not self.by_hand and self.state in ("idle", "dropped")

    def propose(
        self,
        callsigns: tuple[str, ...],
        hospital_id: str | None,
        bed_kind: str | None,
        decision_id: UUID,
        veto_s: float,
        due_at: datetime,
        act: Act,
    ) -> None:
        if self.open_to_proposals:
            self._proposed(
                incident_id=self.incident_id,
                callsigns=callsigns,
                hospital_id=hospital_id,
                bed_kind=bed_kind,
                decision_id=decision_id,
                veto_s=veto_s,
                due_at=due_at,
                act=act,
            )

    def veto(self, reason: str | None, act: Act) -> None:
        """Stop the countdown. Raises NothingProposed where none runs."""
        self._insist()
        self._vetoed(incident_id=self.incident_id, reason=reason, act=act)

    def send(self, run_ids: tuple[UUID, ...], act: Act) -> None:
        self._insist()
        self._sent(incident_id=self.incident_id, callsigns=self.callsigns, run_ids=run_ids, act=act)

    def drop(self, why: Literal["by_hand", "closed", "not_free", "place_in_doubt"], act: Act) -> None:
        if self.state == "proposed":
            self._dropped(incident_id=self.incident_id, why=why, act=act)

    def _insist(self) -> None:
        if self.state != "proposed":
            why, why_vi = SAID.get(self.state, ("", ""))
            raise NothingProposed(number=self.number, why=why, why_vi=why_vi)

    @event(Proposed)
    def _proposed(
        self,
        incident_id: UUID,
        callsigns: tuple[str, ...],
        hospital_id: str | None,
        bed_kind: str | None,
        decision_id: UUID,
        veto_s: float,
        due_at: datetime,
        act: Act,
    ) -> None:
        self.state = "proposed"
        self.callsigns = tuple(callsigns)
        self.due_at = due_at
        self.rounds += 1

    @event(Vetoed)
    def _vetoed(self, incident_id: UUID, reason: str | None, act: Act) -> None:
        self.state, self.by_hand = "vetoed", True

    @event(Sent)
    def _sent(
        self, incident_id: UUID, callsigns: tuple[str, ...], run_ids: tuple[UUID, ...], act: Act
    ) -> None:
        self.state = "sent"

    @event(Dropped)
    def _dropped(self, incident_id: UUID, why: str, act: Act) -> None:
        self.state, self.by_hand = "dropped", why not in PASSING
