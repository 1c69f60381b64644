"""Questions about places, and their answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.near import AnsweredBy
from api.schema.orders import Moment, Number, Order
from projections.spatial import MOST_M

MOST_ROWS = 1_000
MOST_CORNERS = 10_000
MOST_POINTS = 500

Lat = Annotated[Number, Field(ge=-90, le=90)]
Lon = Annotated[Number, Field(ge=-180, le=180)]
Most = Annotated[int, Field(strict=True, ge=1, le=MOST_ROWS)]
Ring = Annotated[list[tuple[Lon, Lat]], Field(max_length=MOST_CORNERS)]


class AreaAsked(Order):
    """A MultiPolygon of GeoJSON as `/isochrone` answers it: corners are [lon, lat]. At most 10,000 corners,
    30 where lines cross, and 2 degrees from edge to edge."""

    type: Literal["MultiPolygon"] = "MultiPolygon"
    coordinates: list[list[Ring]] = Field(min_length=1, max_length=MOST_CORNERS)


class UnitsAsked(Order):
    """The units within an area, wherever they were last."""

    within: AreaAsked
    most: Most = 200


class IncidentsAsked(Order):
    """The incidents within so many metres of a line of [lat, lon] points, at most 2 degrees from end to end.

    opened_from <= opened_at < opened_before
    """

    along: list[tuple[Lat, Lon]] = Field(min_length=2, max_length=MOST_POINTS)
    within_m: Number = Field(ge=0, le=MOST_M)
    opened_from: Moment | None = None
    opened_before: Moment | None = None
    most: Most = 200


class Found(BaseModel):
    """found : how many there are; those above `most` are left out."""

    found: int
    answered_by: AnsweredBy


class UnitsFound(Found):
    units: list[str]


class NearIncident(BaseModel):
    incident_id: str
    number: int
    status: str
    distance_m: float


class IncidentsFound(Found):
    """The nearest first."""

    incidents: list[NearIncident]


class NearHospital(BaseModel):
    hospital_id: str
    name: str
    duration_s: float


class HospitalsFound(Found):
    """The soonest first. methods : how the times were found, as in the table of travel times"""

    hospitals: list[NearHospital]
    methods: list[str]
    map_version: str
    traffic_version: str
