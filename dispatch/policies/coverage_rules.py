"""What counts as covered: settings of a city, with an owner. Apart from the sums, which load more."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta


@dataclass(frozen=True, slots=True)
class CoverageRules:
    """What counts as covered.

    limit_s       : driving seconds within which demand counts as reached; by default the eight minutes of a
                    first priority less the minute of turnout
    kinds         : of units that count; motorbikes give first care only
    busy_fraction : q, the chance that a unit is busy when it is called, 0 up to 1; assumed until figures of
                    the city say otherwise
    shrink_calls  : so many emergencies of the past weigh as much as the streets people live on
    """

    limit_s: Annotated[float, Meta(gt=0, le=7200)] = 420.0
    kinds: tuple[Literal["van", "motorbike"], ...] = ("van",)
    busy_fraction: Annotated[float, Meta(ge=0, lt=1)] = 0.3
    shrink_calls: Annotated[float, Meta(gt=0)] = 2000.0
