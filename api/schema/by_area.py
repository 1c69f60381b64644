"""Which ward and district units and incidents are in, for boards that sort by them."""

from pydantic import BaseModel


class Placed(BaseModel):
    """id : of the row; what the map does not know is None. station : the name of the nearest one."""

    id: str
    ward: str | None
    district: str | None
    station: str | None


class AreasNow(BaseModel):
    """wards, districts, stations : every name there is, so that an area with nobody in it shows too; of wards
    and districts none where the map has none"""

    wards: list[str]
    districts: list[str]
    stations: list[str]
    units: list[Placed]
    incidents: list[Placed]
    map_version: str
