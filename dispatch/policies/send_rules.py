"""The figures that choosing a unit weighs: settings of a city, in seconds of drive unless said otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

Seconds = Annotated[float, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class SendRules:
    """Settings of a city, not constants of the code.

    stale_after_s       : a position older than this says too little to send anyone by it
    turnout_s           : from the call to the wheels turning, by kind of unit (NFPA 1710 allows 60 s)
    at_station_m        : a silent unit last seen so near its station is counted from there
    lost_penalty_s      : the doubt about a unit whose position is lost
    soon_within_s       : units at a hospital that are predicted free within so long are shown in the ranking
    handover_s, clear_s : from arrival to handover, where the hospital's own times are not known, and from
                          handover to being free again
    soon_least_s        : nobody at a hospital is predicted free sooner than this
    shift_end_within_s, shift_end_penalty_s : begins so long before the end of a shift and grows evenly up to
                          this much at the end
    meal_penalty_s      : a meal is due and was not had
    long_duty_after_s, long_duty_penalty_s : the crew has been on duty for longer than that
    comfort_share       : how much of those four counts, by priority: for a life in danger, little
    swap_gain_s         : a unit bound for something less urgent is offered where it saves this much
    swaps_offered       : so many at most
    alley_gap_m         : a scene that a motorbike gets so much nearer to than a van lies in an alley
    """

    stale_after_s: Seconds = 120.0
    turnout_s: Mapping[str, float] = field(default_factory=lambda: {"van": 60.0, "motorbike": 60.0})
    at_station_m: Seconds = 150.0
    lost_penalty_s: Seconds = 180.0
    soon_within_s: Seconds = 900.0
    handover_s: Seconds = 1200.0
    clear_s: Seconds = 300.0
    soon_least_s: Seconds = 60.0
    shift_end_within_s: Seconds = 1800.0
    shift_end_penalty_s: Seconds = 300.0
    meal_penalty_s: Seconds = 60.0
    long_duty_after_s: Seconds = 36_000.0
    long_duty_penalty_s: Seconds = 60.0
    comfort_share: Mapping[str, float] = field(
        default_factory=lambda: {"P1": 0.2, "P2": 0.5, "P3": 1.0, "P4": 1.0}
    )
    swap_gain_s: Seconds = 120.0
    swaps_offered: Annotated[int, Meta(ge=0)] = 3
    alley_gap_m: Seconds = 25.0
