"""Small things without a life of their own: places, priorities, beds, travel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Literal, NamedTuple
from uuid import UUID

from domain.errors import BadPosition


@dataclass(frozen=True, slots=True)
class Position:
    """A place on earth, WGS84 degrees. 0,0 is what a broken receiver says, so it is refused."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (isfinite(self.lat) and isfinite(self.lon)):
            raise BadPosition(lat=self.lat, lon=self.lon)
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise BadPosition(lat=self.lat, lon=self.lon)
        if self.lat == 0 and self.lon == 0:
            raise BadPosition(lat=self.lat, lon=self.lon)


@dataclass(frozen=True, slots=True)
class OnStreet(Position):
    """A place whose street is known by more than nearness: by the heading, and by how it was reached.

    edge, along_m : on the map of that version; whoever has another map goes by latitude and longitude
    direction     : which way the street is being driven, 1 forwards, -1 back, 0 where that is not known
    gap_m         : metres between the place and the street
    """

    map_version: str
    edge: int
    along_m: float
    direction: int
    gap_m: float


@dataclass(frozen=True, slots=True)
class Act:
    """Who did it, when it happened, when we heard of it, and by which command.

    at             : when it happened in the world
    heard_at       : when it reached us; a crew in a tunnel makes the two differ
    actor          : the account that spoke
    command_id     : the order that led to it, made by the client
    correlation_id : what ties the acts of one emergency together
    """

    at: datetime
    heard_at: datetime
    actor: str
    command_id: UUID
    correlation_id: UUID


class Priority(StrEnum):
    """How fast an incident asks us to be. P1 is a threat to life."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class UnitKind(StrEnum):
    VAN = "van"
    MOTORBIKE = "motorbike"


class Duty(StrEnum):
    ON_DUTY = "on_duty"
    OFF_DUTY = "off_duty"
    OUT_OF_SERVICE = "out_of_service"


class Milestone(StrEnum):
    """What a crew reports of a run, in the order of a whole one."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    PATIENT_CONTACT = "patient_contact"
    TRANSPORTING = "transporting"
    AT_HOSPITAL = "at_hospital"
    HANDED_OVER = "handed_over"
    CLEAR = "clear"
    STOOD_DOWN = "stood_down"


class BedKind(StrEnum):
    """The fourteen bed types of EDXL-HAVE 1.0 (OASIS, 2008), our canonical vocabulary."""

    ADULT_ICU = "AdultICU"
    PEDIATRIC_ICU = "PediatricICU"
    NEONATAL_ICU = "NeonatalICU"
    EMERGENCY_DEPARTMENT = "EmergencyDepartment"
    NURSERY_BEDS = "NurseryBeds"
    MEDICAL_SURGICAL = "MedicalSurgical"
    REHAB_LONG_TERM_CARE = "RehabLongTermCare"
    BURN = "Burn"
    PEDIATRICS = "Pediatrics"
    ADULT_PSYCHIATRIC = "AdultPsychiatric"
    PEDIATRIC_PSYCHIATRIC = "PediatricPsychiatric"
    NEGATIVE_FLOW_ISOLATION = "NegativeFlowIsolation"
    OTHER_ISOLATION = "OtherIsolation"
    OPERATING_ROOMS = "OperatingRooms"


@dataclass(frozen=True, slots=True)
class Needs:
    """What an incident demands of those who come and of the hospital (the requirement).

    capabilities : all of them must be aboard one unit; ALS counts as BLS
    bed_kind     : the bed the patient will want, None where nobody travels
    speciality   : what the hospital must be able to do, None for any
    """

    capabilities: tuple[str, ...] = ("BLS", "transport")
    bed_kind: str | None = BedKind.EMERGENCY_DEPARTMENT.value
    speciality: str | None = "general"


@dataclass(frozen=True, slots=True)
class BedCount:
    """One kind of bed as a hospital reports it. Blocked beds have no staff or no clean room.

    physical : all that stand there, staffed or not; None where the hospital does not say
    """

    staffed: int
    occupied: int
    blocked: int = 0
    physical: int | None = None


@dataclass(frozen=True, slots=True)
class ReadBeds:
    """One kind of bed as whoever counts it had it before their eyes.

    reported_at : of which count that was; None where nobody had counted yet
    """

    staffed: int
    occupied: int
    blocked: int
    reported_at: datetime | None


Method = Literal["road", "straight_line"]


class Travel(NamedTuple):
    """One way from one place to another: seconds, metres, and how we know.

    from_closed_m, to_closed_m : where the street of that place is closed, the way begins or ends at the
                                 nearest one that is open, so many metres from the place; else 0
    to_gap_m : metres from the end of the way to the place itself, on foot: more than some tens where the
               vehicle gets no nearer, as a van before an alley
    """

    duration_s: float
    distance_m: float
    method: Method = "road"
    from_closed_m: float = 0.0
    to_closed_m: float = 0.0
    to_gap_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One street of a route. `turn` is how one gets into it from the one before: "left", "right", "straight",
    "uturn", or "" at the start."""

    name: str
    distance_m: float
    duration_s: float
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A way to drive: its line as (lat, lon) pairs and its streets in order."""

    duration_s: float
    distance_m: float
    geometry: Sequence[tuple[float, float]]
    steps: Sequence[Step]
    method: Method = "road"
