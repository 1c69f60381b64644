"""What a service is measured by: the parts of an emergency that have a clock, and the norms for them.

Settings of a city with an owner, `[figures]` in `cities/<city>/rules.toml`. What each interval means to the
second stands in `docs/figures.md`.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.values import Priority


class Interval(StrEnum):
    """The nine of the Can Tho indicator list, and when somebody able to help fully was there."""

    CALL_TO_DISPATCH = "call_to_dispatch"
    DISPATCH_TO_ACCEPT = "dispatch_to_accept"
    DISPATCH_TO_MOBILE = "dispatch_to_mobile"
    DISPATCH_TO_SCENE = "dispatch_to_scene"
    CALL_TO_SCENE = "call_to_scene"
    SCENE_TIME = "scene_time"
    SCENE_TO_HOSPITAL = "scene_to_hospital"
    ARRIVAL_TO_HANDOVER = "arrival_to_handover"
    CALL_TO_HANDOVER = "call_to_handover"
    CALL_TO_ABLE_SCENE = "call_to_able_scene"


@dataclass(frozen=True, slots=True)
class Norm:
    """A limit somebody set for an interval. Whole seconds, strictly below: a limit of 540 s ("within nine
    minutes") is met by 8:59 and missed by 9:00.

    within_s   : seconds
    share      : of the measured, 0 to 1, that must be within
    of_mean    : the mean of all must be within, whatever share is
    priorities : whom it is for; empty: all
    source     : where it is written
    """

    name: str
    interval: Interval
    within_s: int
    share: float = 0.9
    of_mean: bool = False
    priorities: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if self.within_s <= 0:
            raise ValueError(f"the norm {self.name!r} allows no time at all")
        if not 0 < self.share <= 1:
            raise ValueError(f"the norm {self.name!r} asks for a share that is none")
        if unknown := set(self.priorities) - {each.value for each in Priority}:
            raise ValueError(f"the norm {self.name!r} is for {sorted(unknown)}, which are no priorities")

    def is_for(self, priority: str | None) -> bool:
        return not self.priorities or priority in self.priorities


NORMS = (
    Norm(
        "NFPA 1710 turnout",
        Interval.DISPATCH_TO_MOBILE,
        61,  # 60 s are allowed, so the first second too many is the 61st
        source="NFPA 1710: turnout of an EMS response within 60 s",
    ),
    Norm(
        "8:59 contract",
        Interval.CALL_TO_SCENE,
        540,
        priorities=("P1",),
        source="ambulance contracts of US counties: 8:59 in 90 % of a calendar month",
    ),
    Norm(
        "UK ARP C1 mean",
        Interval.CALL_TO_ABLE_SCENE,
        420,
        of_mean=True,
        priorities=("P1",),
        source="NHS England, Ambulance Response Programme 2017: category 1, mean 7 min",
    ),
    Norm(
        "UK ARP C1 90th",
        Interval.CALL_TO_ABLE_SCENE,
        900,
        priorities=("P1",),
        source="NHS England, Ambulance Response Programme 2017: category 1, 90th centile 15 min",
    ),
    Norm(
        "UK ARP C2 mean",
        Interval.CALL_TO_ABLE_SCENE,
        1080,
        of_mean=True,
        priorities=("P2",),
        source="NHS England, Ambulance Response Programme 2017: category 2, mean 18 min",
    ),
    Norm(
        "UK ARP C2 90th",
        Interval.CALL_TO_ABLE_SCENE,
        2400,
        priorities=("P2",),
        source="NHS England, Ambulance Response Programme 2017: category 2, 90th centile 40 min",
    ),
    Norm(
        "HCMC plan 2025-27",
        Interval.CALL_TO_SCENE,
        900,
        source="Ho Chi Minh City, plan for the 115 network 2025-27: on scene in under 15 min; "
        "the share is ours, the plan names none",
    ),
)


@dataclass(frozen=True, slots=True)
class FigureRules:
    """day_begins : when a shift day begins by the city's clocks, HH:MM. A call before it belongs to the day
                 before, as the 115 centre counts (06:30 to 06:30)
    norms      : beside the city's own `response_s` in city.toml, which are strictly below too
    """

    day_begins: str = "06:30"
    norms: tuple[Norm, ...] = NORMS

    def __post_init__(self) -> None:
        begins = time.fromisoformat(self.day_begins)
        if begins.tzinfo is not None or begins.second or begins.microsecond:
            raise ValueError(f"a day begins at a time like 06:30, not at {self.day_begins!r}")
        names = [norm.name for norm in self.norms]
        if len(set(names)) != len(names):
            raise ValueError("two norms go by one name")

    @property
    def begins(self) -> time:
        return time.fromisoformat(self.day_begins)
