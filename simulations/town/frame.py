"""Where the drawn town lies: a sheet of metres, pinned to an empty stretch of the East Sea.

Nobody lives at 10.2 N, 107.9 E; there is water, fifty kilometres from the nearest beach, so that the
town is never mistaken for a real one.
"""

WIDTH_M = 12_000.0
HEIGHT_M = 10_000.0
SOUTH, WEST = 10.155, 107.845
METRES_A_DEGREE_LAT = 110_600.0
METRES_A_DEGREE_LON = 109_540.0  # at 10.2 degrees north
NORTH = SOUTH + HEIGHT_M / METRES_A_DEGREE_LAT
EAST = WEST + WIDTH_M / METRES_A_DEGREE_LON

CENTRE = (5650.0, 4750.0)
"""The old market place, metres from the south-west corner."""


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Metres from the south-west corner to (lat, lon), rounded as OpenStreetMap stores them."""
    return round(SOUTH + y / METRES_A_DEGREE_LAT, 7), round(WEST + x / METRES_A_DEGREE_LON, 7)


def inside(x: float, y: float, margin: float = 0.0) -> bool:
    return margin <= x <= WIDTH_M - margin and margin <= y <= HEIGHT_M - margin
