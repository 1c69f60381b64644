"""Which unit may drive a way, in which direction, and how fast: the tags of one way in, speeds out.

The rules, in the order in which they are asked:

1. What kind of street is it, and is that kind open to the vehicle at all (`_usually_open`)?
2. Do access tags say otherwise? The most particular tag wins: `access` < `vehicle` < `motor_vehicle` <
   `motorcar` or `motorcycle`. `private` and `no` close a street for everyone: behind them is often a locked
   gate that the map does not show, and an ambulance must not be led there as a short cut.
3. `emergency=yes` (or designated, official) opens it again under blue light.
4. Does the vehicle fit? A way measured narrower, lower or weaker than the vehicle needs is closed to it.
5. One-way streets bind everybody, blue light too: nobody plans a run against the traffic.

Conditional access (`access:conditional`) is not read: the unconditional tag counts.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.measures import length_m, speed_kmh, weight_t
from routing.practice import Practice
from routing.profiles import BLUE_LIGHT, MOTORBIKES, PROFILES, VANS
from routing.speeds import FREE_FLOW_KMH, blue_light_kmh, normal_kmh

FORWARD, BACKWARD = 0, 1
DIRECTIONS: Final = ("forward", "backward")

# What an ambulance van needs (assumption: a Ford Transit class vehicle, 2.06 m body and 2.47 m over its
# mirrors, 2.7 m high with the light bar, 3.5 t; the mirrors fold for the last metres).
VAN_WIDTH_M: Final = 2.3
VAN_HEIGHT_M: Final = 2.8
VAN_WEIGHT_T: Final = 3.5
MOTORBIKE_WIDTH_M: Final = 0.9

_OPENS: Final = frozenset(
    {
        "yes",
        "designated",
        "permissive",
        "destination",
        "customers",
        "official",
        "delivery",
        "permit",
        "residents",
        "public",
        "discouraged",
        "allowed",
    }
)
_CLOSES: Final = frozenset(
    {
        "no",
        "private",
        "military",
        "agricultural",
        "forestry",
        "agricultural;forestry",
        "emergency",
        "psv",
        "bus",
        "restricted",
        "use_sidepath",
        "prohibited",
        "none",
    }
)
_EMERGENCY: Final = frozenset({"yes", "designated", "official", "permissive"})
_VEHICLE_KEYS: Final = (
    ("access", "vehicle", "motor_vehicle", "motorcar"),
    ("access", "vehicle", "motor_vehicle", "motorcycle"),
)
_NARROW: Final = frozenset({"pedestrian", "footway", "path", "cycleway", "alley"})
_FOR_FEET: Final = frozenset({"sidewalk", "crossing", "traffic_island", "access_aisle", "link"})

# Every tag that this module, `routing.barriers` or `routing.driving_side` looks at; the importer keeps no
# other.
RELEVANT: Final = frozenset({
    "highway", "route", "service", "area", "junction", "oneway", "oneway:motorcycle", "oneway:motor_vehicle",
    "oneway:vehicle", "oneway:emergency", "access", "vehicle", "motor_vehicle", "motorcar", "motorcycle",
    "emergency", "width", "est_width", "maxwidth", "maxwidth:physical", "maxheight", "maxheight:physical",
    "maxweight", "maxspeed", "maxspeed:forward", "maxspeed:backward", "maxspeed:motorcycle",
    "source:maxspeed", "maxspeed:type", "zone:maxspeed", "surface", "tracktype", "smoothness", "motorroad",
    "footway", "duration", "indoor", "barrier", "locked", "bollard", "access:forward", "access:backward",
    "vehicle:forward", "vehicle:backward", "motor_vehicle:forward", "motor_vehicle:backward",
    "motorcar:forward", "motorcar:backward", "motorcycle:forward", "motorcycle:backward", "driving_side",
})  # fmt: skip


def street_class(tags: Mapping[str, str]) -> str | None:
    """The class that speeds and habits hang on, or None where the way is no street for any vehicle."""
    if tags.get("route") == "ferry":
        return "ferry"
    street = tags.get("highway", "")
    if tags.get("area") == "yes" or tags.get("indoor") == "yes":
        return None
    if street == "service" and tags.get("service") == "alley":
        return "alley"
    if street == "footway" and tags.get("footway") in _FOR_FEET:
        return None
    return street if street in FREE_FLOW_KMH else None


def driving_kmh(tags: Mapping[str, str], practice: Practice) -> NDArray[np.float32]:
    """Free-flow speed by direction and profile, float32[2, 4] in km/h; 0 means closed."""
    kmh = np.zeros((2, len(PROFILES)), np.float32)
    street = street_class(tags)
    if street is None:
        return kmh
    for profile in range(len(PROFILES)):
        vehicle = 0 if profile in VANS else 1
        if not _fits(tags, vehicle):
            continue
        for direction in (FORWARD, BACKWARD):
            if not _direction_open(tags, profile, direction, street):
                continue
            if not _may_enter(tags, street, profile, direction, practice):
                continue
            speed = normal_kmh(street, vehicle, _limit(tags, vehicle, direction), tags.get("surface"))
            if profile in BLUE_LIGHT and street != "ferry":
                speed = blue_light_kmh(speed, vehicle)
            kmh[direction, profile] = speed
    return kmh


def _may_enter(
    tags: Mapping[str, str], street: str, profile: int, direction: int, practice: Practice
) -> bool:
    said = _access_said(tags, profile, direction)
    if profile in BLUE_LIGHT and tags.get("emergency") in _EMERGENCY:
        return True
    if said is not None:
        return said
    return _usually_open(tags, street, profile, practice)


def _access_said(tags: Mapping[str, str], profile: int, direction: int) -> bool | None:
    """What the most particular access tag says; None where it is silent or says something unknown."""
    street = street_class(tags)
    for key in reversed(_VEHICLE_KEYS[0 if profile in VANS else 1]):
        value = tags.get(f"{key}:{DIRECTIONS[direction]}", tags.get(key))
        if value is None:
            continue
        values = set(value.split(";"))
        if key == "access" and street in _NARROW and values & _OPENS:
            continue  # open to people on foot; that says nothing of engines
        if values & _OPENS:
            return True
        if value in _CLOSES or values & _CLOSES:
            return False
    return None


def _usually_open(tags: Mapping[str, str], street: str, profile: int, practice: Practice) -> bool:
    """What holds where no access tag speaks."""
    van, blue_light = profile in VANS, profile in BLUE_LIGHT
    if tags.get("smoothness") == "impassable":
        return False
    if street == "ferry":
        # a ferry that says no to cars carries people
        return practice.ferries_carry_vehicles and tags.get("motorcar") not in _CLOSES
    if street == "busway":
        return blue_light
    if street in ("motorway", "motorway_link") or tags.get("motorroad") == "yes":
        return van or practice.motorbikes_use_motorways
    if van:
        if street == "alley":
            return practice.vans_enter_unmeasured_alleys or _width_m(tags) is not None
        if street == "track":
            return tags.get("tracktype") not in ("grade4", "grade5")
        return street not in _NARROW
    if street in _NARROW and street != "alley":
        return blue_light or practice.motorbikes_ride_footways
    return True


def _width_m(tags: Mapping[str, str]) -> float | None:
    """The narrowest width the tags give."""
    measured = [width for key in ("width", "maxwidth", "maxwidth:physical")
                if (width := length_m(tags.get(key))) is not None]  # fmt: skip
    return min(measured) if measured else length_m(tags.get("est_width"))


def _fits(tags: Mapping[str, str], vehicle: int) -> bool:
    width = _width_m(tags)
    if vehicle == 1:
        return width is None or width >= MOTORBIKE_WIDTH_M
    heights = (length_m(tags.get("maxheight")), length_m(tags.get("maxheight:physical")))
    weight = weight_t(tags.get("maxweight"))
    return (
        (width is None or width >= VAN_WIDTH_M)
        and all(height is None or height >= VAN_HEIGHT_M for height in heights)
        and (weight is None or weight >= VAN_WEIGHT_T)
    )


def _direction_open(tags: Mapping[str, str], profile: int, direction: int, street: str) -> bool:
    """Whether the profile may drive this direction, as the one-way tags say."""
    if profile in BLUE_LIGHT and tags.get("oneway:emergency") == "no":
        return True
    value = tags.get("oneway:vehicle", tags.get("oneway"))
    value = tags.get("oneway:motor_vehicle", value)
    if profile in MOTORBIKES:
        value = tags.get("oneway:motorcycle", value)
    if value is None:
        implied = tags.get("junction") in ("roundabout", "circular")
        implied = implied or street in ("motorway", "motorway_link")
        value = "yes" if implied else "no"
    if value in ("-1", "reverse"):
        return direction == BACKWARD
    if value == "reversible":
        return False  # changes with the hour, and the map does not say which
    if value in ("no", "false", "0", "alternating"):
        return True
    return direction == FORWARD  # yes, true, 1, and muddles such as `no;yes`: the safe reading


def _limit(tags: Mapping[str, str], vehicle: int, direction: int) -> float | None:
    """The signed limit in km/h; `source:maxspeed=VN:urban` and its like speak where no number does."""
    keys = [f"maxspeed:{DIRECTIONS[direction]}", "maxspeed"]
    keys += ["maxspeed:type", "source:maxspeed", "zone:maxspeed"]
    if vehicle == 1:
        keys.insert(0, "maxspeed:motorcycle")
    for key in keys:
        if (limit := speed_kmh(tags.get(key))) is not None:
            return limit
    return None
