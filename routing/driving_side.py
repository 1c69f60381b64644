"""On which side of the road a town drives, where its map does not say so.

Generous boxes around the countries that drive on the left, and the neighbours they must not take in. Only the
cost of a turn hangs on it. Where most streets carry a `driving_side` tag, that wins; a few such tags mark the
exceptions (a diverging interchange), which are not told apart.
"""

from collections.abc import Sequence
from typing import Final

Box = tuple[float, float, float, float]  # south, west, north, east

_LEFT: Final[tuple[Box, ...]] = (
    (49.8, -10.7, 61.0, 1.8),  # Great Britain and Ireland
    (34.5, 32.2, 35.8, 34.7),  # Cyprus
    (35.7, 14.1, 36.1, 14.6),  # Malta
    (24.0, 122.9, 45.6, 146.0),  # Japan
    (22.13, 113.5, 22.57, 114.5),  # Hong Kong and Macau
    (5.6, 97.3, 20.5, 105.7),  # Thailand
    (-11.5, 94.9, 5.6, 141.1),  # Malaysia, Singapore, Indonesia
    (4.0, 108.9, 7.5, 119.3),  # Sabah, Sarawak, Brunei
    (5.8, 68.1, 35.7, 92.0),  # India, Sri Lanka, Bangladesh, Nepal, Bhutan
    (23.6, 60.9, 37.1, 77.8),  # Pakistan
    (-48.0, 112.0, -9.0, 180.0),  # Australia, New Zealand
    (-35.0, 16.4, -8.2, 33.0),  # southern Africa
    (-27.0, 28.0, 4.3, 42.0),  # East Africa
    (17.6, -78.5, 18.6, -76.1),  # Jamaica
)
_RIGHT_AMONG_THEM: Final[tuple[Box, ...]] = (
    (48.0, -5.3, 51.15, 1.8),  # the French coast; the English south coast is put back below
    (10.3, 102.3, 14.7, 108.0),  # Cambodia
    (17.9, 100.3, 22.5, 107.7),  # Laos north of Vientiane
    (9.6, 92.0, 28.6, 98.3),  # Myanmar
    (29.4, 60.5, 38.5, 66.3),  # Afghanistan
    (4.5, 116.9, 21.0, 127.0),  # the Philippines
    (33.0, 124.0, 39.0, 129.5),  # Korea
    (-4.5, 28.9, -1.0, 30.9),  # Rwanda, Burundi
    (-13.5, 12.0, 5.4, 27.0),  # the Congo
)
_LEFT_AFTER_ALL: Final[tuple[Box, ...]] = (
    (49.9, -6.5, 51.2, 1.45),  # England south of London
    (5.6, 98.2, 17.0, 102.3),  # Thailand west of Cambodia
    (32.5, 128.4, 34.8, 132.0),  # Kyushu
)


def drives_on_the_left(lat: float, lon: float, tagged: Sequence[str | None]) -> bool:
    """What most streets say (`tagged`: the tag of each way), else what is usual where the map lies."""
    for side in ("left", "right"):
        if 2 * tagged.count(side) > len(tagged):
            return side == "left"
    if any(_inside(lat, lon, box) for box in _LEFT_AFTER_ALL):
        return True
    usual = any(_inside(lat, lon, box) for box in _LEFT)
    return usual and not any(_inside(lat, lon, box) for box in _RIGHT_AMONG_THEM)


def _inside(lat: float, lon: float, box: Box) -> bool:
    south, west, north, east = box
    return south <= lat <= north and west <= lon <= east
