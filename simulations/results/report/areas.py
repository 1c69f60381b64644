"""The parts of the city that the map of the report is coloured by: wards, or squares where none are known."""

from dataclasses import dataclass
from math import cos, floor, radians

from domain.values import Position
from simulations.experiment.inputs import Inputs, WardShape

METRES_A_DEGREE = 111_195.0
ACROSS = 24
"""So many squares from one side of the city to the other."""
LEAST_M = 200.0


@dataclass(frozen=True, slots=True)
class Areas:
    """of_place : number of the area of each place, -1 for none; wards: whether they are that"""

    shapes: tuple[WardShape, ...]
    of_place: tuple[int, ...]
    wards: bool


def areas_of(inputs: Inputs) -> Areas:
    ground, words = inputs.ground, inputs.words
    if words.wards:
        return Areas(words.wards, words.place_ward, True)
    return squares([ground.positions[spot] for spot in ground.columns.place_spot.tolist()])


def squares(places: list[Position]) -> Areas:
    """Those that hold a place, named by nobody."""
    south, west = min(each.lat for each in places), min(each.lon for each in places)
    wide = max(max(each.lat for each in places) - south, max(each.lon for each in places) - west)
    high = max(LEAST_M / METRES_A_DEGREE, wide / ACROSS)
    across = high / cos(radians(south))
    square = [(floor((each.lat - south) / high), floor((each.lon - west) / across)) for each in places]
    there = sorted(set(square))
    number = {each: i for i, each in enumerate(there)}
    shapes = tuple(_shape(south + row * high, west + column * across, high, across) for row, column in there)
    return Areas(shapes, tuple(number[each] for each in square), False)


def _shape(south: float, west: float, high: float, across: float) -> WardShape:
    north, east = south + high, west + across
    ring = ((south, west), (south, east), (north, east), (north, west), (south, west))
    name = f"{south + high / 2:.4f}, {west + across / 2:.4f}"
    return WardShape(name, (tuple((round(lat, 5), round(lon, 5)) for lat, lon in ring),))
