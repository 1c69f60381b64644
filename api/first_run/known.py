"""What a city that comes with Vigil says of itself, to be looked at before it is put into service."""

from typing import Any

from api.first_run.state import MapTold, Spot
from domain.city import City
from domain.values import Position


def known_hospitals(city: City, map_: MapTold) -> list[dict[str, Any]]:
    """`assumed` : where no source gives the figure, or the specialities follow from the name."""
    return [
        {
            "id": hospital.id,
            "code": hospital.code,
            "name": hospital.name,
            "beds": {
                str(kind): {"staffed": beds.staffed, "assumed": beds.assumed}
                for kind, beds in hospital.beds.items()
            },
            "specialities_assumed": hospital.specialities_assumed,
            "on_map": on_map(map_, hospital.position),
        }
        for hospital in city.hospitals
    ]


def known_stations(city: City, map_: MapTold) -> list[dict[str, Any]]:
    """With their units, which are offered from there. `units_assumed` : how many of them no source gives."""
    rows = []
    for station in city.stations:
        units = [unit for unit in city.units if unit.station == station.id]
        rows.append(
            {
                "id": station.id,
                "name": station.name,
                "assumed": station.assumed,
                "units": [unit.callsign for unit in units],
                "units_assumed": sum(unit.assumed for unit in units),
                "on_map": on_map(map_, station.position),
            }
        )
    return rows


def on_map(map_: MapTold, position: Position) -> bool:
    """Off it no road is known: a unit there is never offered, a hospital there never proposed."""
    return map_.holds(Spot(lat=position.lat, lon=position.lon))
