"""What stands on the street: which profiles a node with a barrier stops.

A bollard stops a van and lets a motorbike through. A gate is open unless the map says that it is
locked or private. Explicit access tags on the node win, `emergency=yes` opens it under blue light.
"""

from collections.abc import Mapping
from typing import Final

from routing.access import MOTORBIKE_WIDTH_M, VAN_HEIGHT_M, VAN_WIDTH_M
from routing.measures import length_m
from routing.profiles import BLUE_LIGHT, EVERY_PROFILE, MOTORBIKES, PROFILES, VANS, mask_of

_LETS_ALL_PASS: Final = frozenset({
    "gate", "lift_gate", "swing_gate", "sliding_gate", "hampshire_gate", "bump_gate", "toll_booth",
    "border_control", "entrance", "cattle_grid", "kerb", "height_restrictor", "sally_port", "checkpoint",
    "no", "yes", "arch", "sump_buster", "rope", "coupure", "open", "traffic_island", "toll", "police",
    "security",
})  # fmt: skip
_STOPS_VANS: Final = frozenset({"bollard", "block", "bollards", "planter", "chain", "flood_control",
                                "bus_trap", "car_trap", "wicket_gate"})  # fmt: skip
_LOCKABLE: Final = frozenset({"gate", "lift_gate", "swing_gate", "sliding_gate", "hampshire_gate",
                              "chain", "wicket_gate", "sally_port"})  # fmt: skip
_OPEN: Final = frozenset({"yes", "permissive", "designated", "destination", "customers", "public",
                          "official"})  # fmt: skip
_CLOSED: Final = frozenset({"no", "private", "military", "agricultural", "forestry", "emergency"})


def stopped_profiles(tags: Mapping[str, str]) -> int:
    """The mask of profiles that cannot pass this node; 0 where it stops nobody."""
    barrier = tags.get("barrier")
    if barrier is None:
        return 0
    stopped = 0
    for profile in range(len(PROFILES)):
        if not _passes(tags, barrier, profile):
            stopped |= 1 << profile
    return stopped


def _passes(tags: Mapping[str, str], barrier: str, profile: int) -> bool:
    if profile in BLUE_LIGHT and tags.get("emergency") in _OPEN:
        return True
    if barrier in _LOCKABLE and tags.get("locked") == "yes":
        return False
    if not _fits_through(tags, profile):
        return False
    keys = ("access", "vehicle", "motor_vehicle", "motorcar" if profile in VANS else "motorcycle")
    for key in reversed(keys):
        value = tags.get(key)
        if key == "access" and barrier not in _LOCKABLE and value in _OPEN:
            continue  # a bollard with access=yes is still a bollard
        if value in _OPEN:
            return True
        if value in _CLOSED:
            return False
    if tags.get("bollard") == "rising":
        return profile in BLUE_LIGHT or profile in MOTORBIKES
    return not _by_kind(barrier) >> profile & 1


def _by_kind(barrier: str) -> int:
    """Who is stopped where no other tag speaks. An unknown kind stops everyone: better the longer way."""
    if barrier in _LETS_ALL_PASS:
        return 0
    return mask_of(VANS) if barrier in _STOPS_VANS else EVERY_PROFILE


def _fits_through(tags: Mapping[str, str], profile: int) -> bool:
    widths = [width for key in ("maxwidth", "maxwidth:physical") if (width := length_m(tags.get(key)))]
    needed = VAN_WIDTH_M if profile in VANS else MOTORBIKE_WIDTH_M
    if any(width < needed for width in widths):
        return False
    height = length_m(tags.get("maxheight"))
    return profile not in VANS or height is None or height >= VAN_HEIGHT_M
