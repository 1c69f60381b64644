"""What was told so far, kept in `first-run.json`: a machine that is switched off in between loses nothing."""

import json
import os
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from api.schema.orders import Order

FILE_NAME: Final = "first-run.json"
Stage = Literal["telling", "drill", "live"]


class Spot(BaseModel):
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class CityTold(Order):
    """id : of a folder; with `shipped` that of a city which comes with Vigil, and the rest is known"""

    id: str
    vi: str = ""
    en: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"
    emergency_number: str = "115"
    country_code: str = "84"
    shipped: bool = False


class HospitalTold(Order):
    """beds_assumed : nobody has said the beds; a figure of the usual size stands in for them"""

    id: str
    code: str
    name: str = Field(min_length=1, max_length=120)
    name_en: str = Field(min_length=1, max_length=120)
    position: Spot
    specialities: list[str] = Field(default_factory=lambda: ["general"])
    emergency_beds: int = Field(default=10, ge=0, le=2000)
    icu_beds: int = Field(default=4, ge=0, le=2000)
    ward_beds: int = Field(default=50, ge=0, le=20000)
    from_map: bool = False
    beds_assumed: bool = False


class StationTold(Order):
    id: str
    name: str = Field(min_length=1, max_length=120)
    position: Spot
    hospital: str | None = None
    als_vans: int = Field(default=0, ge=0, le=99)
    bls_vans: int = Field(default=1, ge=0, le=99)
    motorbikes: int = Field(default=0, ge=0, le=99)


class MapTold(BaseModel):
    """A map that is built: `folder` is its name in `maps`, `bounds` west, south, east, north in degrees."""

    folder: str
    name: str
    bounds: tuple[float, float, float, float]
    streets: int
    found: list[HospitalTold] = []

    def holds(self, spot: Spot) -> bool:
        west, south, east, north = self.bounds
        return south <= spot.lat <= north and west <= spot.lon <= east


class Told(BaseModel):
    stage: Stage = "telling"
    city: CityTold | None = None
    map: MapTold | None = None
    hospitals: list[HospitalTold] = []
    stations: list[StationTold] = []
    second_factor: bool = True


def read_told(data: Path) -> Told | None:
    """What the folder remembers; None where no first run was ever begun here."""
    path = data / FILE_NAME
    return Told.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def keep_told(data: Path, told: Told) -> None:
    """Written aside and renamed: a power cut leaves the old or the new, never half."""
    data.mkdir(parents=True, exist_ok=True)
    path, aside = data / FILE_NAME, data / f"{FILE_NAME}.new"
    with aside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told.model_dump(mode="json"), ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def stage_of(data: Path) -> Stage | None:
    told = read_told(data)
    return None if told is None else told.stage


def move_to(data: Path, stage: Stage) -> None:
    told = read_told(data) or Told()
    keep_told(data, told.model_copy(update={"stage": stage}))


Json = dict[str, Any]
