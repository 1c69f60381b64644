"""What comes back from a question about areas. Shapes are GeoJSON (RFC 7946): [lon, lat]."""

from typing import Literal

from pydantic import BaseModel, Field

Corner = tuple[float, float]


class MultiPolygon(BaseModel):
    """Each polygon is its outer ring and then its holes; a ring ends where it began."""

    type: Literal["MultiPolygon"] = "MultiPolygon"
    coordinates: list[list[list[Corner]]]


class AreaFigures(BaseModel):
    """`street_km` and `demand_share` are null where only a straight line is known."""

    minutes: float
    area_km2: float
    street_km: float | None
    demand_share: float | None


class AreaFeature(BaseModel):
    type: Literal["Feature"] = "Feature"
    properties: AreaFigures
    geometry: MultiPolygon | None


class Isochrone(BaseModel):
    """A GeoJSON FeatureCollection, a feature for each limit, with how it was found beside it.

    `demand` says what stands for the demand expected: "streets", the length of the streets people live on.
    `traffic_version` is "free_flow" where `traffic` is.
    """

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[AreaFeature]
    direction: str
    profile: str
    traffic: str
    demand: str
    method: str
    attribution: str
    map_version: str
    traffic_version: str


class CoverageAnswer(AreaFigures):
    """What the free units can reach in so many minutes of driving; turnout comes on top.

    units       : the callsigns counted, as far as the asker may see them; `units_counted` counts them all
    not_counted : how many units of this kind were passed over, by reason
    off_map     : how many of those counted are near no street of the map, and so reach nothing
    """

    profile: str
    traffic: str
    at: str
    units: list[str]
    units_counted: int
    not_counted: dict[str, int]
    off_map: int
    demand: str
    method: str
    attribution: str
    map_version: str
    traffic_version: str
    geometry: MultiPolygon | None = Field(default=None, description="Only with geometry=true")
