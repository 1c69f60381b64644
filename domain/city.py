"""What stands still in a city: its hospitals, stations, vehicles, limits and map.

Facts written down by people before the first call, read once at the start. Everything that changes
while the service runs (beds, duty, diversion) lives in the aggregates and begins from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from domain.values import BedKind, Position, Priority, UnitKind

CAPABILITIES = ("ALS", "BLS", "motorbike", "transport", "neonatal", "isolation", "bariatric")
"""What a unit can do or carry. ALS counts as BLS."""

SPECIALITIES = (
    "stroke",
    "pci",
    "trauma",
    "burns",
    "paediatrics",
    "obstetrics",
    "neonatal",
    "toxicology",
    "infectious",
    "cardiac",
    "orthopaedics",
    "psychiatric",
    "ecmo",
    "dialysis",
    "dengue",
    "ophthalmology",
    "ent",
    "maxillofacial",
    "oncology",
    "general",
)
"""What a hospital may be sought for."""


class Ownership(StrEnum):
    """Who runs a station: its hospital, the hospital with the centre, or the centre alone."""

    HOSPITAL = "hospital"
    SHARED = "shared"
    CENTRE = "centre"


class Commitment(StrEnum):
    """How far a station's vehicles are the centre's: always, as agreed, or when they can be spared."""

    FULL = "full"
    SHARED = "shared"
    LOOSE = "loose"


USUAL_COMMITMENT = {
    Ownership.CENTRE: Commitment.FULL,
    Ownership.SHARED: Commitment.SHARED,
    Ownership.HOSPITAL: Commitment.LOOSE,
}
"""Assumed where a station does not say."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box on the earth, degrees; south < north and west < east."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, position: Position) -> bool:
        return self.south <= position.lat <= self.north and self.west <= position.lon <= self.east


@dataclass(frozen=True, slots=True)
class MapFacts:
    """Where the streets come from: an OpenStreetMap extract to fetch, or a town we draw ourselves.

    extract_url : where an extract can be downloaded; None for a drawn town, or where its file is kept here
    seed        : of the drawn town, None for an extract
    """

    kind: Literal["extract", "drawn"]
    bounds: Bounds
    extract_url: str | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How many seconds until a wait turns amber, and then red."""

    amber_s: int
    red_s: int


@dataclass(frozen=True, slots=True)
class Targets:
    """What the service promises, and when a screen begins to warn. All of it can be set per city.

    response_s    : from the call to the first unit on scene, a priority
    queue         : an incident waiting for its first unit, a priority
    acknowledge   : an assignment the crew has not answered
    on_scene      : time spent on scene
    handover      : time spent at the hospital
    bed_age       : since a hospital last reported its beds
    unit_position : since the last ping; at `red_s` the position is stale and leaves the ranking
    """

    response_s: Mapping[Priority, int]
    queue: Mapping[Priority, Limit]
    acknowledge: Limit
    on_scene: Limit
    handover: Limit
    bed_age: Limit
    unit_position: Limit


@dataclass(frozen=True, slots=True)
class BedFacts:
    """How many beds of one kind a hospital staffs on an ordinary day."""

    staffed: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class HospitalFacts:
    """One hospital. `code` is what a dispatcher types; `aliases` are what callers still say.

    total_beds           : as published, None where nobody says
    specialities_assumed : true where the specialities follow from the name, not from a source
    hours                : when a speciality is open, "07:00-17:00"; one that is not named is always open
    hours_assumed        : true where nobody publishes the hours
    """

    id: str
    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    position: Position
    specialities: tuple[str, ...]
    specialities_assumed: bool
    beds: Mapping[BedKind, BedFacts]
    total_beds: int | None
    source: str
    hours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours_assumed: bool = True


@dataclass(frozen=True, slots=True)
class StationFacts:
    """A building crews start from. `hospital` is the id of the hospital it stands at, if any."""

    id: str
    name: str
    position: Position
    hospital: str | None
    ownership: Ownership
    source: str
    assumed: bool
    said_commitment: Commitment | None = None  # None: it goes by the ownership

    @property
    def commitment(self) -> Commitment:
        return self.said_commitment or USUAL_COMMITMENT[self.ownership]


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A street corner where a free unit may wait. Stations are posts, too."""

    id: str
    name: str
    position: Position
    assumed: bool


class PointKind(StrEnum):
    CAMERA = "camera"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class CityPoint:
    """Something that stands in the city and helps to judge a scene: nothing is decided by it.

    source : who says that it is there
    """

    id: str
    kind: PointKind
    name: str
    position: Position
    source: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One crewed vehicle and the station it belongs to."""

    callsign: str
    kind: UnitKind
    capabilities: tuple[str, ...]
    station: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class City:
    """All that is known of a city before its first call.

    fictional : true for a town that exists nowhere; the console says so
    """

    id: str
    name: Mapping[str, str]
    fictional: bool
    emergency_number: str
    country_code: str
    timezone: str
    languages: tuple[str, ...]
    centre: Position
    map: MapFacts
    targets: Targets
    hospitals: tuple[HospitalFacts, ...]
    stations: tuple[StationFacts, ...]
    units: tuple[UnitFacts, ...]
    posts: tuple[PostFacts, ...] = ()
    points: tuple[CityPoint, ...] = ()

    def hospital(self, hospital_id: str) -> HospitalFacts | None:
        return next((each for each in self.hospitals if each.id == hospital_id), None)

    def station(self, station_id: str) -> StationFacts | None:
        return next((each for each in self.stations if each.id == station_id), None)
