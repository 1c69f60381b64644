"""Drives to learn from: one leg is one run's way to the scene, or from there to the hospital."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from routing.matching.track import Track


class BadTracks(Exception):
    """The tracks cannot be used; `str(error)` is a sentence."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One drive under one profile. The track's time is in seconds since 1970."""

    name: str
    profile: str
    track: Track

    def begin(self, zone: tzinfo) -> datetime:
        """When it began, by the clocks of the city."""
        return datetime.fromtimestamp(float(self.track.at_s.min()), zone)

    def week_s(self, zone: tzinfo) -> float:
        """Seconds since Monday midnight at the zero of the track's time, by the clocks of the city."""
        at = self.begin(zone)
        since_monday = (
            ((at.weekday() * 24 + at.hour) * 60 + at.minute) * 60 + at.second + at.microsecond / 1e6
        )
        return since_monday - float(self.track.at_s.min())


class Tracks(Protocol):
    """A source of legs that can be read more than once, never held in memory as a whole."""

    def __len__(self) -> int:
        """How many legs there are."""
        ...

    def legs(self) -> Iterator[Leg]:
        """One after another. Raises BadTracks."""
        ...


def last_days(days: set[date], count: int) -> set[date]:
    """The last `count` days on which anybody drove."""
    return set(sorted(days)[max(len(days) - count, 0) :]) if count else set()
