"""One unit of the fleet picture, and how it is told to others."""

from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from domain.values import Duty, Milestone
from projections.stages import UNIT_STATUS, idle_status
from projections.streams.effects import Alert, FleetRow, effect_id
from projections.streams.messages import Ping, UnitMark


class Outlook(Struct, frozen=True):
    """What was said of a unit: in which edition, of which ping, and what it looked like."""

    edition: int
    at: datetime | None
    stale: bool
    status: str


class Unit(Struct, frozen=True):
    """Duty, run and milestone each keep the newest that was said, so their order does not matter.

    stale         : the last ping is so old that nobody knows where it is
    missed_since  : of the ping since which an alert says so
    shown, marked : what the last row and the last mark said
    """

    centre: str
    callsign: str
    ping: Ping | None = None
    stale: bool = False
    duty: str = str(Duty.OFF_DUTY)
    duty_seq: int = 0
    run_id: str | None = None
    run_seq: int = 0
    incident_number: int | None = None
    milestone: str | None = None
    milestone_run: str | None = None
    milestone_seq: int = 0
    told_at: datetime | None = None
    missed_since: datetime | None = None
    shown: Outlook | None = None
    marked: Outlook | None = None

    @property
    def edition(self) -> int:
        """Grows with all that is told, in whatever order: a run may be told after its milestones."""
        return self.duty_seq + self.run_seq + self.milestone_seq

    @property
    def reached(self) -> str | None:
        """The milestone of the run it is on."""
        if self.run_id is None:
            return None
        return self.milestone if self.milestone_run == self.run_id else str(Milestone.ASSIGNED)

    @property
    def status(self) -> str:
        if self.run_id is None:
            return idle_status(self.duty)
        return UNIT_STATUS.get(self.reached or "", "DP")

    @property
    def in_service(self) -> bool:
        return self.run_id is not None or self.duty == Duty.ON_DUTY

    @property
    def newest_at(self) -> datetime:
        """When we last heard anything of it."""
        heard = [at for at in (self.ping.at if self.ping else None, self.told_at) if at is not None]
        return max(heard)

    @property
    def outlook(self) -> Outlook:
        return Outlook(self.edition, self.ping.at if self.ping else None, self.stale, self.status)


def mark_of(unit: Unit) -> UnitMark:
    located = unit.ping is not None
    return UnitMark(
        unit.centre, unit.callsign, unit.status, located, unit.stale, unit.edition, unit.newest_at
    )


@lru_cache(maxsize=20_000)
def row_id(centre: str, callsign: str) -> str:
    """Remembered: a unit that moves is told every few seconds, for ever under one id."""
    return effect_id("fleet", centre, callsign)


def row_of(unit: Unit) -> FleetRow:
    ping = unit.ping
    return FleetRow(
        id=row_id(unit.centre, unit.callsign),
        centre=unit.centre,
        callsign=unit.callsign,
        status=unit.status,
        duty=unit.duty,
        run_id=unit.run_id,
        incident_number=unit.incident_number,
        milestone=unit.reached,
        stale=unit.stale,
        edition=unit.edition,
        at=ping.at if ping else None,
        lat=ping.lat if ping else None,
        lon=ping.lon if ping else None,
        speed_mps=ping.speed_mps if ping else None,
        heading_deg=ping.heading_deg if ping else None,
        accuracy_m=ping.accuracy_m if ping else None,
    )


def alert_of(unit: Unit, since: datetime, ended_at: datetime | None) -> Alert:
    """One alert for each ping after which nothing came."""
    return Alert(
        id=effect_id(unit.centre, unit.callsign, "stale_position", since.isoformat()),
        kind="stale_position",
        level="red" if unit.run_id else "amber",
        centre=unit.centre,
        subject=f"{unit.centre}/{unit.callsign}",
        since=since,
        run_id=unit.run_id,
        incident_number=unit.incident_number,
        callsign=unit.callsign,
        ended_at=ended_at,
    )
