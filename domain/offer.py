"""An offer: a run its crew, or its station, must answer in time, and what became of it when nobody did.

Whether it was taken stands in the run, where accepting and lapsing write both: so exactly one of them wins.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.values import Act, Position

Asked = Literal["crew", "station"]
Escalate = Literal["offer_next", "tell_dispatcher"]
Why = Literal["declined", "lapsed"]


class Offer(Aggregate):
    """One a run that was offered; a run that was simply ordered has none."""

    TOPIC = "Offer"

    class Made(Beginning):
        TOPIC = "Offer.Made"
        run_id: UUID
        incident_id: UUID
        callsign: str
        asked: str  # crew or station
        station_id: str
        shift_day: str  # from 06:30 to 06:30 of the city's clock
        hospital_id: str | None  # that answers for the station
        within_s: float
        until: datetime
        turn: int  # 1 for whom the dispatcher chose, 2 for the next after that
        escalate: str

    class Answered(Fact):
        """Taken, declined, or called off before anybody answered."""

        TOPIC = "Offer.Answered"
        run_id: UUID
        incident_id: UUID
        callsign: str
        station_id: str
        shift_day: str
        answer: str  # accepted, declined or called_off
        waited_s: float

    class SeenUnderWay(Fact):
        """Nobody answered, but the unit drives to the scene: it counts as taken.

        moved_m : from where it stood when it was asked; nearer_s : how much less is left to drive
        """

        TOPIC = "Offer.SeenUnderWay"
        run_id: UUID
        incident_id: UUID
        callsign: str
        position: Position
        moved_m: float
        nearer_s: float

    class Lapsed(Fact):
        """Nobody answered in time."""

        TOPIC = "Offer.Lapsed"
        run_id: UUID
        incident_id: UUID
        callsign: str
        station_id: str
        shift_day: str
        within_s: float

    class PassedOn(Fact):
        """Another unit was sent instead; without a `next_run_id` the dispatcher must choose."""

        TOPIC = "Offer.PassedOn"
        run_id: UUID
        incident_id: UUID
        callsign: str
        why: str  # declined or lapsed
        next_run_id: UUID | None
        next_callsign: str | None

    @event(Made)
    def __init__(
        self,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        asked: str,
        station_id: str,
        shift_day: str,
        hospital_id: str | None,
        within_s: float,
        until: datetime,
        turn: int,
        escalate: str,
        act: Act,
    ) -> None:
        self.run_id = run_id
        self.incident_id = incident_id
        self.callsign = callsign
        self.station_id = station_id
        self.shift_day = shift_day
        self.asked_at = act.heard_at
        self.answer: str | None = None
        self.hospital_id = hospital_id
        self.within_s = within_s
        self.until = until
        self.turn = turn
        self.escalate = escalate
        self.lapsed = False
        self.settled = False
        self.next_callsign: str | None = None
        self.by_moving = False

    @staticmethod
    def create_id(run_id: UUID) -> UUID:
        return natural_id("offers", run_id)

    @property
    def is_open(self) -> bool:
        return self.answer is None and not self.lapsed

    def is_due(self, now: datetime) -> bool:
        """Whether its time is over and nobody answered."""
        return self.is_open and now >= self.until

    def answered(self, answer: Literal["accepted", "declined", "called_off"], act: Act) -> None:
        if self.is_open:
            self._answered(
                run_id=self.run_id,
                incident_id=self.incident_id,
                callsign=self.callsign,
                station_id=self.station_id,
                shift_day=self.shift_day,
                answer=answer,
                waited_s=max(0.0, (act.at - self.asked_at).total_seconds()),
                act=act,
            )

    def seen_under_way(self, position: Position, moved_m: float, nearer_s: float, act: Act) -> None:
        """Its unit drives to the scene, which is an answer."""
        if self.is_open:
            self._seen_under_way(
                run_id=self.run_id,
                incident_id=self.incident_id,
                callsign=self.callsign,
                position=position,
                moved_m=moved_m,
                nearer_s=nearer_s,
                act=act,
            )
            self.answered("accepted", act)

    def lapse(self, act: Act) -> None:
        if self.is_due(act.heard_at):
            self._lapsed(
                run_id=self.run_id,
                incident_id=self.incident_id,
                callsign=self.callsign,
                station_id=self.station_id,
                shift_day=self.shift_day,
                within_s=self.within_s,
                act=act,
            )

    def pass_on(self, why: Why, next_run_id: UUID | None, next_callsign: str | None, act: Act) -> None:
        """To the next, or to the dispatcher. An offer is passed on once."""
        if not self.settled:
            self._passed_on(
                run_id=self.run_id,
                incident_id=self.incident_id,
                callsign=self.callsign,
                why=why,
                next_run_id=next_run_id,
                next_callsign=next_callsign,
                act=act,
            )

    @event(Answered)
    def _answered(
        self,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        station_id: str,
        shift_day: str,
        answer: str,
        waited_s: float,
        act: Act,
    ) -> None:
        self.answer = answer

    @event(SeenUnderWay)
    def _seen_under_way(
        self,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        position: Position,
        moved_m: float,
        nearer_s: float,
        act: Act,
    ) -> None:
        self.by_moving = True

    @event(Lapsed)
    def _lapsed(
        self,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        station_id: str,
        shift_day: str,
        within_s: float,
        act: Act,
    ) -> None:
        self.lapsed = True

    @event(PassedOn)
    def _passed_on(
        self,
        run_id: UUID,
        incident_id: UUID,
        callsign: str,
        why: str,
        next_run_id: UUID | None,
        next_callsign: str | None,
        act: Act,
    ) -> None:
        self.settled = True
        self.next_callsign = next_callsign
