"""The figures by which calls are told apart, put in order and believed: settings of a city, with an owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

Above = Annotated[float, Meta(gt=0)]
Share = Annotated[float, Meta(ge=0, le=1)]

POINTS: Mapping[str, float] = MappingProxyType(
    {"nuisance": 1.0, "silent": 0.5, "no_emergency": 0.25, "abandoned": 0.1, "open": 0.1, "real": -4.0}
)


@dataclass(frozen=True, slots=True)
class CallRules:
    """near_m, near_s           : metres and seconds within which a call may belong to an incident at all
    alike_from                 : score from which an incident or a call is proposed, 0..1
    same_phone_s               : a number that rings again within so many seconds means the same, seconds
    nuisance_points            : outcome of an earlier call of the number -> points; others count 0
    nuisance_half_life_s       : after so many seconds a call counts half
    nuisance_window_s          : older calls count nothing, seconds
    suspect_from               : points from which a number is suspected
    believed_after_real_s      : so long after a real call nothing of the number waits behind others, seconds
    comes_up_after_s           : a suspected call waits behind others at most so long, seconds
    claim_s                    : who claimed a call speaks with it so long without another word, seconds
    never_suspected            : numbers of those we work with, as they are dialled
    place_certain_from         : confidence from which a place needs no confirmation, 0..1
    entered_within_s           : what rang longer ago is not entered as a call any more, seconds
    same_place_m               : what happened so near, years ago too, happened at the same place, metres
    """

    near_m: Above = 300.0
    near_s: Above = 900.0
    alike_from: Share = 0.2
    same_phone_s: Above = 3600.0
    nuisance_points: Mapping[str, float] = field(default_factory=lambda: POINTS)
    nuisance_half_life_s: Above = 7200.0
    nuisance_window_s: Above = 43_200.0
    suspect_from: Above = 3.0
    believed_after_real_s: Annotated[float, Meta(ge=0)] = 3600.0
    comes_up_after_s: Annotated[float, Meta(ge=0)] = 60.0
    claim_s: Above = 120.0
    never_suspected: tuple[str, ...] = ("112", "113", "114", "115")
    place_certain_from: Share = 0.75
    entered_within_s: Annotated[float, Meta(ge=3600)] = 86_400.0
    same_place_m: Annotated[float, Meta(gt=0, le=100)] = 60.0
