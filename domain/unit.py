"""A unit is a crewed vehicle. It serves one run at a time."""

from datetime import datetime
from uuid import UUID

from domain.assignment_errors import UnitNotWithdrawn, UnitWithdrawn
from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.choosing_errors import BadShift
from domain.coverage_errors import MoveUpAnswered, PostOver
from domain.errors import UnitBusy, UnitNotOnDuty
from domain.move_up import MoveUp
from domain.news import refuse_what_is_overtaken
from domain.values import Act, Duty

Shift = tuple[datetime | None, datetime | None, datetime | None]
"""Since when the crew is on duty, when its day ends, when a meal is due."""


class Unit(Aggregate):
    """Availability and assignment only; where it is, is telemetry."""

    TOPIC = "Unit"

    class Commissioned(Beginning):
        TOPIC = "Unit.Commissioned"
        callsign: str
        kind: str
        capabilities: tuple[str, ...]
        station_id: str

    class WentOnDuty(Fact):
        TOPIC = "Unit.WentOnDuty"
        callsign: str

    class WentOffDuty(Fact):
        TOPIC = "Unit.WentOffDuty"
        callsign: str
        reason: str | None

    class TakenOutOfService(Fact):
        TOPIC = "Unit.TakenOutOfService"
        callsign: str
        reason: str | None

    class Assigned(Fact):
        TOPIC = "Unit.Assigned"
        callsign: str
        run_id: UUID
        incident_id: UUID
        incident_number: int

    class Freed(Fact):
        TOPIC = "Unit.Freed"
        callsign: str
        run_id: UUID

    class ShiftTold(Fact):
        """When the crew's day began and ends, and when a meal is due; what nobody said is None."""

        TOPIC = "Unit.ShiftTold"
        callsign: str
        on_since: datetime | None
        ends_at: datetime | None
        meal_due_at: datetime | None

    class Withdrawn(Fact):
        """Its station wants it for itself. `TakenOutOfService` stands beside it in the same save."""

        TOPIC = "Unit.Withdrawn"
        callsign: str
        reason: str
        until: datetime | None
        was_duty: str

    class Returned(Fact):
        """The station lets the centre have it again; its duty is as it was before."""

        TOPIC = "Unit.Returned"
        callsign: str

    class SentToPost(Fact):
        """It drives to a standby post, free all the while."""

        TOPIC = "Unit.SentToPost"
        callsign: str
        move_up: MoveUp

    class DeclinedPost(Fact):
        TOPIC = "Unit.DeclinedPost"
        callsign: str
        move_up: MoveUp
        reason: str

    class AnsweredPost(Fact):
        """The crew says that it drives to the post it was sent to; or that it cannot, and stays free."""

        TOPIC = "Unit.AnsweredPost"
        callsign: str
        move_up_id: UUID
        going: bool
        reason: str | None

    @event(Commissioned)
    def __init__(
        self, callsign: str, kind: str, capabilities: tuple[str, ...], station_id: str, act: Act
    ) -> None:
        self.callsign = callsign
        self.kind = kind
        self.capabilities = tuple(capabilities)
        self.station_id = station_id
        self.duty: str = Duty.OFF_DUTY
        self.duty_said_at: datetime | None = None
        self.run_id: UUID | None = None
        self.incident_number: int | None = None
        self.shift: Shift = (None, None, None)
        self.withdrawn: str | None = None  # why
        self.duty_before: str = Duty.OFF_DUTY

        self.move_ups: dict[UUID, str] = {}  # those of this shift, and how they were answered
        self.sent_to: UUID | None = None  # the move-up that stands, until the unit is given something else
        self.going = False

    @staticmethod
    def create_id(callsign: str) -> UUID:
        return natural_id("units", callsign)

    def sign(self, duty: Duty, reason: str | None, act: Act) -> None:
        """Come on duty, leave it, or leave service. Nobody leaves in the middle of a run."""
        if duty == self.duty:
            return  # told twice; radios do that
        refuse_what_is_overtaken(self.callsign, act, self.duty_said_at)
        if self.withdrawn is not None:
            raise UnitWithdrawn(callsign=self.callsign, reason=self.withdrawn)
        self._sign(duty, reason, act)

    def withdraw(self, reason: str, until: datetime | None, act: Act) -> None:
        """Out of our hands until its station returns it. Raises UnitBusy: a run is always ended first."""
        if self.withdrawn is not None:
            return
        was_duty = self.duty
        if self.duty != Duty.OUT_OF_SERVICE:
            self._sign(Duty.OUT_OF_SERVICE, reason, act)
        self._withdrawn(callsign=self.callsign, reason=reason, until=until, was_duty=was_duty, act=act)

    def give_back(self, act: Act) -> None:
        if self.withdrawn is None:
            raise UnitNotWithdrawn(callsign=self.callsign)
        before = Duty(self.duty_before)
        self._returned(callsign=self.callsign, act=act)
        if before != Duty.OUT_OF_SERVICE:
            self._sign(before, None, act)

    def _sign(self, duty: Duty, reason: str | None, act: Act) -> None:
        if self.run_id is not None:
            raise UnitBusy(callsign=self.callsign, run_id=self.run_id, incident_number=self.incident_number)
        match duty:
            case Duty.ON_DUTY:
                self._went_on_duty(callsign=self.callsign, act=act)
            case Duty.OFF_DUTY:
                self._went_off_duty(callsign=self.callsign, reason=reason, act=act)
            case Duty.OUT_OF_SERVICE:
                self._taken_out_of_service(callsign=self.callsign, reason=reason, act=act)

    def assign(self, run_id: UUID, incident_id: UUID, incident_number: int, act: Act) -> None:
        if self.run_id == run_id:
            return
        if self.run_id is not None:
            raise UnitBusy(callsign=self.callsign, run_id=self.run_id, incident_number=self.incident_number)
        if self.duty != Duty.ON_DUTY:
            raise UnitNotOnDuty(callsign=self.callsign, duty=self.duty)
        self._assigned(
            callsign=self.callsign,
            run_id=run_id,
            incident_id=incident_id,
            incident_number=incident_number,
            act=act,
        )

    def tell_shift(
        self, on_since: datetime | None, ends_at: datetime | None, meal_due_at: datetime | None, act: Act
    ) -> None:
        """Whatever it says, the unit may be sent: a shift is weighed, never a bar. Raises BadShift."""
        if on_since is not None and ends_at is not None and ends_at <= on_since:
            raise BadShift(on_since=on_since.isoformat(), ends_at=ends_at.isoformat())
        if (on_since, ends_at, meal_due_at) != self.shift:
            self._shift_told(
                callsign=self.callsign,
                on_since=on_since,
                ends_at=ends_at,
                meal_due_at=meal_due_at,
                act=act,
            )

    def free(self, run_id: UUID, act: Act) -> None:
        if self.run_id == run_id:
            self._freed(callsign=self.callsign, run_id=run_id, act=act)

    def send_to_post(self, move_up: MoveUp, act: Act) -> None:
        """Only who is free can wait somewhere else; it stays free. Raises UnitBusy, UnitNotOnDuty."""
        if self._answered(move_up, "accepted"):
            return
        if self.run_id is not None:
            raise UnitBusy(callsign=self.callsign, run_id=self.run_id, incident_number=self.incident_number)
        if self.duty != Duty.ON_DUTY:
            raise UnitNotOnDuty(callsign=self.callsign, duty=self.duty)
        self._sent_to_post(callsign=self.callsign, move_up=move_up, act=act)

    def decline_post(self, move_up: MoveUp, reason: str, act: Act) -> None:
        if not self._answered(move_up, "declined"):
            self._declined_post(callsign=self.callsign, move_up=move_up, reason=reason, act=act)

    def answer_post(self, move_up_id: UUID, going: bool, reason: str | None, act: Act) -> None:
        """Told twice is told once; who said yes may still say no. Raises PostOver."""
        if not going and self.move_ups.get(move_up_id) == "declined":
            return
        if self.sent_to != move_up_id:
            raise PostOver(callsign=self.callsign)
        if not (going and self.going):
            self._answered_post(
                callsign=self.callsign, move_up_id=move_up_id, going=going, reason=reason, act=act
            )

    def _answered(self, move_up: MoveUp, answer: str) -> bool:
        """Whether it was answered so before. Raises MoveUpAnswered where it was answered otherwise."""
        given = self.move_ups.get(move_up.move_up_id)
        if given not in (None, answer):
            raise MoveUpAnswered(callsign=self.callsign, answer=given)
        return given is not None

    @event(SentToPost)
    def _sent_to_post(self, callsign: str, move_up: MoveUp, act: Act) -> None:
        self.move_ups = {**self.move_ups, move_up.move_up_id: "accepted"}
        self.sent_to, self.going = move_up.move_up_id, False

    @event(AnsweredPost)
    def _answered_post(
        self, callsign: str, move_up_id: UUID, going: bool, reason: str | None, act: Act
    ) -> None:
        self.going = going
        if not going:
            self.sent_to = None
            self.move_ups = {**self.move_ups, move_up_id: "declined"}

    @event(DeclinedPost)
    def _declined_post(self, callsign: str, move_up: MoveUp, reason: str, act: Act) -> None:
        self.move_ups = {**self.move_ups, move_up.move_up_id: "declined"}

    @event(ShiftTold)
    def _shift_told(
        self,
        callsign: str,
        on_since: datetime | None,
        ends_at: datetime | None,
        meal_due_at: datetime | None,
        act: Act,
    ) -> None:
        self.shift = on_since, ends_at, meal_due_at

    @event(WentOnDuty)
    def _went_on_duty(self, callsign: str, act: Act) -> None:
        self.duty = Duty.ON_DUTY
        self.duty_said_at = act.at
        self.move_ups = {}

    @event(WentOffDuty)
    def _went_off_duty(self, callsign: str, reason: str | None, act: Act) -> None:
        self.duty = Duty.OFF_DUTY
        self.duty_said_at = act.at
        self.shift = None, None, None
        self.sent_to = None

    @event(TakenOutOfService)
    def _taken_out_of_service(self, callsign: str, reason: str | None, act: Act) -> None:
        self.duty = Duty.OUT_OF_SERVICE
        self.duty_said_at = act.at
        self.sent_to = None

    @event(Withdrawn)
    def _withdrawn(self, callsign: str, reason: str, until: datetime | None, was_duty: str, act: Act) -> None:
        self.withdrawn = reason
        self.duty_before = was_duty

    @event(Returned)
    def _returned(self, callsign: str, act: Act) -> None:
        self.withdrawn = None

    @event(Assigned)
    def _assigned(
        self, callsign: str, run_id: UUID, incident_id: UUID, incident_number: int, act: Act
    ) -> None:
        self.run_id = run_id
        self.incident_number = incident_number
        self.sent_to = None

    @event(Freed)
    def _freed(self, callsign: str, run_id: UUID, act: Act) -> None:
        self.run_id = None
        self.incident_number = None
