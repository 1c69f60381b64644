"""What the folds want to happen. Each effect has an id that every replay finds again."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from domain.base import natural_id
from projections.streams.messages import BedsPart, FleetPart, HourPart, Told

Level = Literal["amber", "red"]


def effect_id(*names: object) -> str:
    """The same names give the same id, on every machine and in every replay."""
    return str(natural_id("streams", *names))


class Forward(Struct, frozen=True):
    """A message for another fold. key : of its state, and of the Kafka record where it must travel."""

    fold: str
    key: str
    message: Told


class FleetRow(Struct, frozen=True, tag=True):
    """A unit as the region sees it; `id` names the unit. Newer is who has the larger (edition, at, stale)."""

    id: str
    centre: str
    callsign: str
    status: str
    duty: str
    run_id: str | None
    incident_number: int | None
    milestone: str | None
    stale: bool
    edition: int
    at: datetime | None
    lat: float | None
    lon: float | None
    speed_mps: float | None
    heading_deg: float | None
    accuracy_m: float | None


class Alert(Struct, frozen=True, tag=True):
    """Something people should look at. One id for as long as it stands: it may rise to red, and it ends.

    kind    : late_acknowledgement, long_on_scene, long_handover, waiting_incident, stale_position, surge
    subject : the id of the run or incident, "centre/callsign", or the centre
    since   : when what it tells of began
    ended_at: null while it stands
    """

    id: str
    kind: str
    level: Level
    centre: str
    subject: str
    since: datetime
    run_id: str | None = None
    incident_id: str | None = None
    incident_number: int | None = None
    callsign: str | None = None
    ended_at: datetime | None = None


class Proposal(Struct, frozen=True, tag=True):
    """What a unit's positions mean, to be confirmed by people.

    kind : arrived_scene, left_scene, arrived_hospital or left_hospital
    at   : of the first position that showed it
    """

    id: str
    kind: str
    centre: str
    subject: str
    run_id: str
    incident_id: str
    callsign: str
    place_id: str
    at: datetime
    lat: float
    lon: float
    accuracy_m: float


class MinuteRow(Struct, frozen=True, tag=True):
    """One closed minute of a centre; what is told of it later makes its row anew."""

    id: str
    centre: str
    minute: datetime
    calls: int
    waits: int
    late: int


class HourRow(Struct, frozen=True, tag=True):
    id: str
    centre: str
    hour: HourPart


class BedsRow(Struct, frozen=True, tag=True):
    id: str
    centre: str
    part: BedsPart


class CentrePart(Struct, frozen=True):
    """What the region knows of one centre. heard_at : of its newest part; age_s counts from there."""

    heard_at: datetime
    age_s: float
    fleet: FleetPart | None
    beds: BedsPart | None
    hour: HourPart | None


class RegionRow(Struct, frozen=True, tag=True):
    """All centres at one moment, each with the age of its part, and what they have together."""

    id: str
    at: datetime
    centres: dict[str, CentrePart]
    units: dict[str, int]
    beds_free: dict[str, int]
    calls: int


Row = FleetRow | MinuteRow | HourRow | BedsRow | RegionRow
Notice = Alert | Proposal
Effect = Forward | Row | Notice
