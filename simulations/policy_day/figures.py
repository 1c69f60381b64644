"""What came of a day under one policy, as numbers that can be compared, and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from domain.city import Targets
from domain.values import Priority
from simulations.full.play import Played, Served


@dataclass(frozen=True, slots=True)
class Responses:
    """Of some calls, from the ring to the first crew on scene. Shares are 0 to 1; None where there was no
    call.

    late   : share that came after the target of its priority, or never
    p90_s  : nearest rank
    """

    calls: int
    unserved: int
    late: float | None
    mean_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """km : driven by all units; busy : share of the day that vans were on runs"""

    policy: str
    all: Responses
    by_priority: Mapping[str, Responses]
    km: float
    km_to_scene: float
    busy: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figures(policy: str, played: Played, targets: Targets) -> DayFigures:
    served = played.served
    last_s = max((each.call.at_s for each in served), default=0.0)
    hours = max(1.0, ceil(last_s / 3600)) * 3600
    return DayFigures(
        policy=policy,
        all=_responses(served, targets),
        by_priority={
            str(priority): _responses(
                [each for each in served if each.call.priority == str(priority)], targets
            )
            for priority in Priority
        },
        km=round(sum(played.driven_m.values()) / 1000, 1),
        km_to_scene=round(played.driven_m["to_scene"] / 1000, 1),
        busy=round(played.busy_s / (hours * played.vans), 4) if played.vans else 0.0,
    )


def _responses(served: Sequence[Served], targets: Targets) -> Responses:
    seconds = sorted(each.response_s for each in served if each.response_s is not None)
    unserved = len(served) - len(seconds)
    late = unserved + sum(
        each.response_s > targets.response_s[Priority(each.call.priority)]
        for each in served
        if each.response_s is not None
    )
    return Responses(
        calls=len(served),
        unserved=unserved,
        late=round(late / len(served), 4) if served else None,
        mean_s=round(sum(seconds) / len(seconds), 1) if seconds else None,
        p90_s=round(seconds[ceil(0.9 * len(seconds)) - 1], 1) if seconds else None,
    )


def table(rows: Sequence[DayFigures]) -> str:
    """A line a policy: late share of all and of P1, mean and ninth-tenth response in minutes, kilometres."""
    lines = [f"{'policy':<20}{'calls':>6}{'late':>8}{'P1 late':>9}{'mean':>8}{'p90':>8}{'km':>9}{'busy':>7}"]
    for row in rows:
        first = row.by_priority["P1"]
        lines.append(
            f"{row.policy:<20}{row.all.calls:>6}{_percent(row.all.late):>8}{_percent(first.late):>9}"
            f"{_minutes(row.all.mean_s):>8}{_minutes(row.all.p90_s):>8}{row.km:>9.1f}{_percent(row.busy):>7}"
        )
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"


def _minutes(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
