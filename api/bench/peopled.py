"""A city with its fleet on the road and people in need, for a benchmark of the service."""

import shutil
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from api.bench.line import Line

SEED = 115

Place = tuple[float, float]


class Peopled(NamedTuple):
    """fleet: callsign -> where it is     incidents : id -> where it is, each near a street"""

    fleet: dict[str, Place]
    incidents: dict[str, Place]


def city_with(units: int, source: Path, cities: Path) -> str:
    """A copy of a city with exactly so many units, all ALS vans but the ones it has."""
    shutil.copytree(source, cities / source.name)
    fleet = cities / source.name / "fleet.toml"
    entries = fleet.read_text(encoding="utf-8").split("[[unit]]")
    station = entries[1].split('station = "')[1].split('"')[0]
    head, kept = entries[0], entries[1 : units + 1]
    free = (name for number in range(999, 0, -1) if f'"{(name := f"C{number}")}"' not in "".join(kept))
    more = [
        f'\ncallsign = "{callsign}"\nkind = "van"\ncapabilities = ["ALS", "BLS", "transport"]\n'
        f'station = "{station}"\nassumed = true\n\n'
        for callsign in islice(free, units - len(kept))
    ]
    fleet.write_text("[[unit]]".join([head, *kept, *more]), encoding="utf-8")
    return source.name


def people(line: Line, incidents: int) -> Peopled:
    """All units on duty near stations, and so many incidents that wait for help."""
    chance = np.random.default_rng(SEED)
    city = line.ask("GET", "/api/v1/city")
    west, south, east, north = city["map"]["bounds"]
    spots = [
        (station["position"]["lat"], station["position"]["lon"])
        for station in city["stations"]
        if south < station["position"]["lat"] < north and west < station["position"]["lon"] < east
    ]
    fleet = {}
    for unit in line.ask("GET", "/api/v1/units"):
        line.ask("POST", f"/api/v1/units/{unit['callsign']}/duty", {"status": "on_duty"})
        lat, lon = spots[int(chance.integers(len(spots)))]
        north_by, east_by = chance.uniform(-0.01, 0.01, 2).tolist()
        fleet[unit["callsign"]] = (lat + north_by, lon + east_by)
    stand(line, fleet)
    found: dict[str, Place] = {}
    while len(found) < incidents:
        lat, lon = spots[int(chance.integers(len(spots)))]
        north_by, east_by = chance.uniform(-0.005, 0.005, 2).tolist()
        scene = (lat + north_by, lon + east_by)
        if (opened := _incident(line, scene)) is not None:
            found[opened] = scene
    return Peopled(fleet, found)


def stand(line: Line, fleet: dict[str, Place]) -> None:
    """Say again where everybody is: a position grows old within two minutes."""
    at = datetime.now(UTC).isoformat()
    line.ask("POST", "/api/v1/pings", [ping(callsign, place, at) for callsign, place in fleet.items()])


def ping(callsign: str, place: Place, at: str) -> dict[str, Any]:
    return {"callsign": callsign, "at": at, "lat": place[0], "lon": place[1]}


def _incident(line: Line, scene: Place) -> str | None:
    """The id of an incident there, None where no street is near."""
    place = {"lat": scene[0], "lon": scene[1]}
    order = {"phone": "0900000115", "complaint": "bench", "position": place}
    try:
        call = line.ask("POST", "/api/v1/calls", order)
    except RuntimeError:
        return None
    order = {"call_id": call["id"], "position": place, "priority": "P2"}
    return str(line.ask("POST", "/api/v1/incidents", order)["id"])
