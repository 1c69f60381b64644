"""What is said of the speed on a stretch: a share of the usual one until lifted, or one just measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.road_errors import ShareOrSpeed
from domain.traffic import Slowing, SpeedReport, Stretch


@dataclass(frozen=True, slots=True)
class SaidSpeed:
    """Either `share`, or `kmh` with `measured_at`."""

    stretch: Stretch
    share: float | None = None
    reason: str | None = None
    until: datetime | None = None
    slowing_id: UUID | None = None
    kmh: float | None = None
    measured_at: datetime | None = None
    heading_deg: float | None = None


def sort_out(
    said: Iterable[SaidSpeed], mint: Callable[[int], UUID]
) -> tuple[tuple[Slowing, ...], tuple[SpeedReport, ...]]:
    """Slowings and measured speeds, each in their order.

    mint(place) makes the id of a slowing that came without one. Raises ShareOrSpeed.
    """
    slowings: list[Slowing] = []
    reports: list[SpeedReport] = []
    for place, each in enumerate(said):
        match each.share, each.kmh, each.measured_at:
            case (float() | int()) as share, None, None:
                its_id = each.slowing_id or mint(place)
                slowings.append(Slowing(its_id, each.stretch, share, each.reason or "", each.until))
            case None, (float() | int()) as kmh, datetime() as measured_at:
                reports.append(SpeedReport(each.stretch, kmh, measured_at, each.heading_deg))
            case _:
                raise ShareOrSpeed(place=place)
    return tuple(slowings), tuple(reports)
