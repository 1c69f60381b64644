"""The one door behind all ways in: whose ping it is, whether it makes sense, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.centre import Centre
from api.measure import count_pings
from projections.positions import Ping

OLDEST = timedelta(days=3)
"""A phone may come back from a long tunnel; a ping from last year is a wrong clock."""


@dataclass(slots=True)
class Heard:
    """What became of a batch.

    outcomes : how many met which fate; refused : sentences, each with the place in the batch
    unknown  : callsigns that no unit of this centre has
    """

    accepted: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


def hear(centre: Centre, pings: Iterable[tuple[int, Ping]], way: str, now: datetime) -> Heard:
    """Take the pings of known units, each judged by its own time.

    pings : each with its place in the batch;  way : a word of ours, such as "http", for the counts
    """
    heard = Heard()
    taken: list[Ping] = []
    for place, ping in pings:
        if centre.views.row("units", ping.callsign) is None:
            heard.unknown.add(ping.callsign)
        elif ping.at < now - OLDEST:
            heard.refused.append(f"{place}: {ping.at.isoformat()} is more than {OLDEST.days} days ago")
        else:
            taken.append(ping)
    heard.accepted = len(taken)
    heard.outcomes = centre.telemetry.take(taken, now)
    count_pings(way, heard.outcomes)
    return heard


def count_refused(way: str, why: str, number: int = 1) -> None:
    """Count what never came to be judged.

    why : a word of ours: "unknown_device", "not_understood", "busy"
    """
    count_pings(way, Counter({why: number}))
