"""Write a model into its folder: one TOML file for what is said once, tables for what is many."""

from pathlib import Path
from typing import Any

import tomli_w

from simulations.city_model.model import CityModel, Times
from simulations.city_model.tables import write_table
from simulations.city_model.week import HOUR_NAMES

MODEL, PLACES, WEEK, STATIONS, FLEET, HOSPITALS = (
    "model.toml",
    "places.csv",
    "week.csv",
    "stations.csv",
    "fleet.csv",
    "hospitals.csv",
)
FILES = (MODEL, PLACES, WEEK, STATIONS, FLEET, HOSPITALS)
PACE = "pace"
PLACE_COLUMNS = ("id", "lat", "lon")
STATION_COLUMNS = ("id", "name", "lat", "lon", "source")
FLEET_COLUMNS = ("callsign", "kind", "capabilities", "station", "shift")
HOSPITAL_COLUMNS = (
    "id",
    "name",
    "lat",
    "lon",
    "specialities",
    "beds",
    "handover_factor",
    "stay_factor",
    "source",
)


def write_model(model: CityModel, folder: Path) -> None:
    """Into a folder, which is made if need be; files of an older model there are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_text(tomli_w.dumps(_head(model)), encoding="utf-8", newline="\n")
    write_table(
        folder,
        PLACES,
        [*PLACE_COLUMNS, *(period.id for period in model.periods)],
        [[each.id, each.position.lat, each.position.lon, *each.weights] for each in model.places],
    )
    write_table(
        folder,
        WEEK,
        ["hour", *(kind.id for kind in model.kinds), PACE],
        [
            [name, *(kind.rates[hour] for kind in model.kinds), model.pace[hour]]
            for hour, name in enumerate(HOUR_NAMES)
        ],
    )
    write_table(
        folder,
        STATIONS,
        STATION_COLUMNS,
        [[each.id, each.name, each.position.lat, each.position.lon, each.source] for each in model.stations],
    )
    write_table(
        folder,
        FLEET,
        FLEET_COLUMNS,
        [
            [each.callsign, each.kind, " ".join(each.capabilities), each.station, each.shift]
            for each in model.units
        ],
    )
    write_table(
        folder,
        HOSPITALS,
        HOSPITAL_COLUMNS,
        [
            [
                each.id,
                each.name,
                each.position.lat,
                each.position.lon,
                " ".join(each.specialities),
                " ".join(f"{kind}:{count}" for kind, count in each.beds.items()),
                each.handover_factor,
                each.stay_factor,
                each.source,
            ]
            for each in model.hospitals
        ],
    )


def _head(model: CityModel) -> dict[str, Any]:
    talks = model.call_taking
    return {
        "id": model.id,
        "name": model.name,
        "timezone": model.timezone,
        "about": model.about,
        "periods": {each.id: list(each.spells) for each in model.periods},
        "shifts": {each.id: list(each.spells) for each in model.shifts},
        "target_s": dict(model.target_s),
        "transported": dict(model.transported),
        "turnout_s": dict(model.turnout_s),
        "kinds": {each.id: each.priority for each in model.kinds},
        "times": {priority: _times(times) for priority, times in model.times.items()},
        "call_taking": {
            "lines": talks.lines,
            "patience": talks.patience.said(),
            "desks": [{"shift": each.shift, "count": each.count} for each in talks.desks],
            "talk": {priority: each.said() for priority, each in talks.talk.items()},
        },
        "sources": dict(model.sources),
        **({"occupied": dict(model.occupied)} if model.occupied else {}),
    }


def _times(times: Times) -> dict[str, Any]:
    return {name: getattr(times, name).said() for name in Times.__dataclass_fields__}
