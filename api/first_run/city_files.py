"""Write what was told as the files of a city, and read them back as any start will."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import tomli_w

from api.first_run.errors import CityFilesWrong
from api.first_run.state import CityTold, HospitalTold, MapTold, StationTold
from dispatch.city_file import BadCityFile, load_city

FOLDER: Final = "cities"
"""In the data folder: cities of this machine, beside those that come with Vigil."""
TARGETS: Final[dict[str, Any]] = {
    "acknowledge_amber_s": 60, "acknowledge_red_s": 90, "on_scene_amber_s": 1200, "on_scene_red_s": 1800,
    "handover_amber_s": 1800, "handover_red_s": 2700, "bed_age_amber_s": 3600, "bed_age_red_s": 7200,
    "unit_position_amber_s": 30, "unit_position_stale_s": 120,
    "response_s": {"P1": 480, "P2": 900, "P3": 1800, "P4": 3600},
    "queue_amber_s": {"P1": 60, "P2": 120, "P3": 300, "P4": 900},
    "queue_red_s": {"P1": 120, "P2": 300, "P3": 600, "P4": 1800},
}  # fmt: skip
"""Where every city begins; all of it may be set in city.toml."""
SAID_AT_FIRST_RUN: Final = "told at the first run"


def write_city(
    data: Path,
    city: CityTold,
    map_: MapTold,
    hospitals: Sequence[HospitalTold],
    stations: Sequence[StationTold],
) -> Path:
    """The folder, written aside, read back, put in place whole. Raises CityFilesWrong; nothing is left."""
    cities = data / FOLDER
    aside = cities / ".new" / city.id
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, content in {
        "city.toml": _city(city, map_),
        "hospitals.toml": {"hospital": [_hospital(each) for each in hospitals]},
        "stations.toml": {"station": [_station(each) for each in stations]},
        "fleet.toml": {"unit": fleet_of(stations)},
    }.items():
        (aside / name).write_text(tomli_w.dumps(content), encoding="utf-8")
    try:
        load_city(aside)
    except BadCityFile as fault:
        shutil.rmtree(aside.parent, ignore_errors=True)
        raise CityFilesWrong(sentences=" ".join(fault.sentences[:4])) from None
    folder = cities / city.id
    if folder.exists():
        shutil.rmtree(folder)
    aside.rename(folder)
    aside.parent.rmdir()
    return folder


def cities_for(data: Path, shipped: Path, city: str | None) -> Path:
    """Where the files of this city lie: those of this machine come before those of Vigil."""
    own = data / FOLDER
    return own if city is not None and (own / city / "city.toml").is_file() else shipped


def _city(city: CityTold, map_: MapTold) -> dict[str, Any]:
    west, south, east, north = map_.bounds
    return {
        "id": city.id,
        "emergency_number": city.emergency_number,
        "country_code": city.country_code,
        "timezone": city.timezone,
        "languages": ["vi", "en"],
        "name": {"vi": city.vi, "en": city.en},
        "centre": {"lat": round((south + north) / 2, 6), "lon": round((west + east) / 2, 6)},
        "map": {
            "kind": "extract",
            "bounds": {"south": south, "west": west, "north": north, "east": east},
        },
        "targets": TARGETS,
    }


def _hospital(told: HospitalTold) -> dict[str, Any]:
    beds = {
        "EmergencyDepartment": told.emergency_beds,
        "AdultICU": told.icu_beds,
        "MedicalSurgical": told.ward_beds,
    }
    return {
        "id": told.id,
        "code": told.code,
        "name": told.name,
        "name_en": told.name_en,
        "aliases": [],
        "lat": told.position.lat,
        "lon": told.position.lon,
        "specialities": told.specialities,
        "specialities_assumed": True,
        "source": "© OpenStreetMap contributors, ODbL 1.0" if told.from_map else SAID_AT_FIRST_RUN,
        "beds": {kind: {"staffed": count, "assumed": told.beds_assumed} for kind, count in beds.items()},
    }


def _station(told: StationTold) -> dict[str, Any]:
    row = {
        "id": told.id,
        "name": told.name,
        "lat": told.position.lat,
        "lon": told.position.lon,
        "ownership": "hospital" if told.hospital else "centre",
        "source": SAID_AT_FIRST_RUN,
        "assumed": False,
        "commitment": "full",
    }
    return {**row, "hospital": told.hospital} if told.hospital else row


def fleet_of(stations: Sequence[StationTold]) -> list[dict[str, Any]]:
    """Callsigns in the order of the stations: C1, C2 for ALS vans, T for BLS vans, M for motorbikes."""
    kinds = (
        ("C", "van", ["ALS", "BLS", "transport"], "als_vans"),
        ("T", "van", ["BLS", "transport"], "bls_vans"),
        ("M", "motorbike", ["BLS", "motorbike"], "motorbikes"),
    )
    units = []
    for letter, kind, capabilities, count in kinds:
        number = 0
        for station in stations:
            for _ in range(getattr(station, count)):
                number += 1
                units.append(
                    {
                        "callsign": f"{letter}{number}",
                        "kind": kind,
                        "capabilities": capabilities,
                        "station": station.id,
                        "assumed": False,
                    }
                )
    return units
