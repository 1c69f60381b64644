"""How fast a unit drives on an empty street, by class of street.

The figures are assumptions: average speeds on a free street of a large city, the small delays at junctions
without signals included, which is why they lie below the legal limits. They are the same everywhere; the live
traffic and measured run times are what later corrects them. A signed limit replaces the class figure:
it is driven at 80 %.

Trunk, primary, secondary and tertiary roads were checked against the car profiles of OSRM (85, 65, 55, 40)
and Valhalla (73, 57, 49, 40 in towns), which charge turns and signals apart, as we do: ours lie at or a
little below both, for a laden van. With 60, 45, 40 and 35, which held the waits at junctions, small streets
looked too good beside large ones; the comparison on three cities stands in docs/benchmarks.md.

Blue light: published comparisons of runs with and without lights and siren find 20-40 % less driving
time in towns (Ho and Casey, Annals of Emergency Medicine 1998; Hunt et al. 1995 found less). We
assume a cautious 1.2 for vans and 1.25 for motorbikes, which also pass between waiting cars.
"""

from typing import Final

# km/h without blue light: (van, motorbike)
FREE_FLOW_KMH: Final[dict[str, tuple[float, float]]] = {
    "motorway": (90.0, 80.0),
    "motorway_link": (50.0, 45.0),
    "trunk": (70.0, 55.0),
    "trunk_link": (40.0, 40.0),
    "primary": (55.0, 45.0),
    "primary_link": (35.0, 35.0),
    "secondary": (48.0, 42.0),
    "secondary_link": (30.0, 30.0),
    "tertiary": (40.0, 38.0),
    "tertiary_link": (30.0, 30.0),
    "unclassified": (30.0, 30.0),
    "residential": (25.0, 25.0),
    "living_street": (12.0, 12.0),
    "road": (25.0, 25.0),
    "busway": (30.0, 30.0),
    "service": (15.0, 18.0),
    "alley": (10.0, 15.0),
    "track": (12.0, 15.0),
    "pedestrian": (8.0, 8.0),
    "cycleway": (8.0, 12.0),
    "path": (6.0, 10.0),
    "footway": (6.0, 8.0),
    "ferry": (8.0, 8.0),
}
CLASSES: Final = tuple(FREE_FLOW_KMH)

# On these a signed limit can only slow a unit down: nobody drives 40 in a yard because 50 is allowed.
ONLY_SLOWER: Final = frozenset({"service", "alley", "track", "pedestrian", "cycleway", "path", "footway"})

SIGNED_LIMIT_SHARE: Final = 0.8
BLUE_LIGHT_FACTOR: Final = (1.2, 1.25)  # van, motorbike
TOP_SPEED_KMH: Final = (110.0, 90.0)  # van, motorbike: what the vehicle itself does with a crew aboard

# Bad surfaces slow everyone (assumption).
SLOW_SURFACE_KMH: Final = {
    "unpaved": 25.0,
    "gravel": 25.0,
    "ground": 20.0,
    "dirt": 20.0,
    "earth": 20.0,
    "sand": 10.0,
    "mud": 8.0,
    "grass": 8.0,
}


def normal_kmh(street: str, vehicle: int, limit_kmh: float | None, surface: str | None) -> float:
    """Free-flow speed without blue light. `vehicle` is 0 for a van and 1 for a motorbike."""
    usual = FREE_FLOW_KMH[street][vehicle]
    speed = usual
    if limit_kmh is not None:
        signed = limit_kmh * SIGNED_LIMIT_SHARE
        # "no limit" says nothing about the speed driven
        speed = min(usual, signed) if street in ONLY_SLOWER or limit_kmh > 200.0 else signed
    speed = min(speed, SLOW_SURFACE_KMH.get(surface or "", speed), TOP_SPEED_KMH[vehicle])
    return max(speed, 1.0)


def blue_light_kmh(normal: float, vehicle: int) -> float:
    """The same street under blue light."""
    return min(normal * BLUE_LIGHT_FACTOR[vehicle], TOP_SPEED_KMH[vehicle])
