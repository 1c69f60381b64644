"""Where a free unit may wait: the stations, and the street corners of the city."""

from domain.city import City
from domain.values import Position


def posts_of(city: City) -> dict[str, tuple[str, Position]]:
    """Id -> name and place, in the order in which the ground has its bases."""
    stations = {each.id: (each.name, each.position) for each in city.stations}
    return {**stations, **{each.id: (each.name, each.position) for each in city.posts}}
