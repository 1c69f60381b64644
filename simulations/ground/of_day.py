"""The ground of one day's calls: its places are their scenes."""

from domain.city import City
from domain.ports import Roads
from domain.values import Position
from simulations.day import Day
from simulations.ground.build import CityGround, build_ground


def ground_of(day: Day, city: City, roads: Roads) -> CityGround:
    """Bases are the city's stations and then its posts, hospitals its hospitals, all in the city's order."""
    scenes = dict.fromkeys(Position(call.lat, call.lon) for call in day.calls)
    kinds = dict.fromkeys(str(unit.kind) for unit in city.units)
    return build_ground(
        roads,
        list(scenes),
        [hospital.position for hospital in city.hospitals],
        [*(station.position for station in city.stations), *(post.position for post in city.posts)],
        list(kinds),
    )
