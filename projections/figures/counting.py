"""Sums over readings: percentiles by nearest rank, shares within a norm, and what is left uncounted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.figures import Interval, Norm


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest of the values that so many per cent of them do not exceed; None of none.

    The nearest-rank definition: the value at rank ceil(percent / 100 x n), counted from 1. It is always one
    that was measured, and in whole numbers nothing is rounded.
    """
    if not ordered:
        return None
    return ordered[max(1, -(-percent * len(ordered) // 100)) - 1]


@dataclass(slots=True)
class Tally:
    """The readings of one interval in one group."""

    measured: list[int] = field(default_factory=list)
    censored: Counter[str] = field(default_factory=Counter)

    def take(self, seconds: int | None, why: str | None) -> None:
        if seconds is not None:
            self.measured.append(seconds)
        else:
            self.censored[why or "unknown"] += 1

    def add(self, other: "Tally") -> None:
        self.measured += other.measured
        self.censored += other.censored

    def told(self) -> dict[str, Any]:
        """n is of the measured alone; those censored stand beside, by reason."""
        ordered, n = sorted(self.measured), len(self.measured)
        return {
            "n": n,
            "p50_s": nearest_rank(ordered, 50),
            "p90_s": nearest_rank(ordered, 90),
            "mean_s": round(sum(ordered) / n, 1) if n else None,
            "longest_s": ordered[-1] if n else None,
            "censored": dict(sorted(self.censored.items())),
        }


def within(measured: Iterable[tuple[str | None, int]], norm: Norm) -> dict[str, Any]:
    """How a norm was kept. Strictly below, in whole seconds.

    measured : (priority, seconds), of the norm's interval
    """
    mine = [seconds for priority, seconds in measured if norm.is_for(priority)]
    n, late = len(mine), sum(seconds >= norm.within_s for seconds in mine)
    mean_s = round(sum(mine) / n, 1) if n else None
    if norm.of_mean:
        kept = None if n == 0 else sum(mine) < norm.within_s * n
    else:
        kept = None if n == 0 else (n - late) >= norm.share * n
    return {
        "name": norm.name,
        "interval": str(norm.interval),
        "priorities": list(norm.priorities),
        "within_s": norm.within_s,
        "share": None if norm.of_mean else norm.share,
        "n": n,
        "late": late,
        "late_share": round(late / n, 4) if n else None,
        "mean_s": mean_s,
        "kept": kept,
        "source": norm.source,
    }


def response_norm(priority: str, within_s: int) -> Norm:
    """What the city itself promises, as a norm like the others."""
    return Norm(
        f"response {priority}",
        Interval.CALL_TO_SCENE,
        within_s,
        share=0.9,
        priorities=(priority,),
        source="city.toml, response_s; nine of ten is the share commonly asked for",
    )
