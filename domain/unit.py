"""A unit is a crewed vehicle. It serves one run at a time."""

from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.errors import UnitBusy, UnitNotOnDuty
from domain.values import Act, Duty


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

    @event(Commissioned)
    def __init__(
        self, callsign: str, kind: str, capabilities: tuple[str, ...], station_id: str, act: Act
    ) -> None:
        self.callsign = callsign
        self.kind = kind
        self.capabilities = tuple(capabilities)
        self.station_id = station_id
        self.duty: str = Duty.OFF_DUTY
        self.run_id: UUID | None = None
        self.incident_number: int | None = None

    @staticmethod
    def create_id(callsign: str) -> UUID:
        return natural_id("units", callsign)

    def sign(self, duty: Duty, reason: str | None, act: Act) -> None:
        """Come on duty, leave it, or leave service. Nobody leaves in the middle of a run."""
        if duty == self.duty:
            return  # told twice; radios do that
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

    def free(self, run_id: UUID, act: Act) -> None:
        if self.run_id == run_id:
            self._freed(callsign=self.callsign, run_id=run_id, act=act)

    @event(WentOnDuty)
    def _went_on_duty(self, callsign: str, act: Act) -> None:
        self.duty = Duty.ON_DUTY

    @event(WentOffDuty)
    def _went_off_duty(self, callsign: str, reason: str | None, act: Act) -> None:
        self.duty = Duty.OFF_DUTY

    @event(TakenOutOfService)
    def _taken_out_of_service(self, callsign: str, reason: str | None, act: Act) -> None:
        self.duty = Duty.OUT_OF_SERVICE

    @event(Assigned)
    def _assigned(
        self, callsign: str, run_id: UUID, incident_id: UUID, incident_number: int, act: Act
    ) -> None:
        self.run_id = run_id
        self.incident_number = incident_number

    @event(Freed)
    def _freed(self, callsign: str, run_id: UUID, act: Act) -> None:
        self.run_id = None
        self.incident_number = None
