"""What drivers do, country by country, where the map itself is silent.

These are assumptions, kept in one place so that a city can correct them. Signs and tags on the map
always win over them.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Practice:
    """Local habits that open or close streets.

    motorbikes_ride_footways     : normal motorbikes use footways and paths (in Viet Nam an alley too
                                   narrow for cars is often mapped as a footway, and it is ridden)
    vans_enter_unmeasured_alleys : a van drives into `service=alley` of unknown width (a Vietnamese
                                   alley may be 1.5 m wide: there the van stops at the mouth)
    motorbikes_use_motorways     : false where expressways are closed to motorcycles
    ferries_carry_vehicles       : a ferry without access tags takes cars and motorcycles
    blue_light_turns_against_signs : a unit under blue light may turn where a sign bars it (not where only one
                                   way is open, and never against a one-way street)
    """

    name: str
    motorbikes_ride_footways: bool
    vans_enter_unmeasured_alleys: bool
    motorbikes_use_motorways: bool
    ferries_carry_vehicles: bool
    blue_light_turns_against_signs: bool


VIETNAMESE: Final = Practice("vietnamese", True, False, False, True, True)
GENERAL: Final = Practice("general", False, True, True, False, False)
PRACTICES: Final = {practice.name: practice for practice in (VIETNAMESE, GENERAL)}

# A generous box around Viet Nam; it takes in parts of its neighbours, whose alleys are alike.
_SOUTH, _WEST, _NORTH, _EAST = 8.0, 102.0, 23.5, 110.0


def practice_at(lat: float, lon: float) -> Practice:
    """The practice assumed for a map whose middle is here."""
    if _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST:
        return VIETNAMESE
    return GENERAL
