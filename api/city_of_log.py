"""One data folder, or one database, keeps one city, and simulated calls never stand beside real ones.

A demonstration is worth nothing tomorrow, so its log is laid aside when the place is opened for anything
else; a real log never is: the start is refused instead.
"""

from pathlib import Path
from typing import Protocol

MARKER = "events.of"
DEMO = "demo"
LEFT_BEHIND = ("telemetry.*", "views.*", "events.sqlite-*", "events.sqlite", "events.epoch")
"""In this order, and the marker last of all: a move that is cut short goes on at the next start."""


class OtherCity(RuntimeError):
    """The place keeps the real log of something else; the sentence says what and what to do."""


class Place(Protocol):
    """Where a log is kept. The caller holds it: nobody else works there."""

    option: str  # how another one is named on the command line

    def __str__(self) -> str: ...

    def owner(self) -> str:
        """What was last noted, empty at first."""
        ...

    def note_owner(self, words: str) -> None: ...

    def has_log(self) -> bool: ...

    def lay_aside(self, city_id: str) -> str:
        """Put the log, and what was made of it, where it is out of the way; where that is."""
        ...


def claim(place: Place, city_id: str, demo: bool) -> str | None:
    """Note whose log this is; where an old demonstration was laid aside, if one was. Raises OtherCity."""
    known = place.owner().split()
    ours = [city_id, DEMO] if demo else [city_id]
    aside = None
    if known and known != ours and place.has_log():
        if DEMO not in known[1:]:
            raise OtherCity(_refusal(place, known[0], city_id))
        aside = place.lay_aside(known[0])
    place.note_owner(" ".join(ours))
    return aside


def _refusal(place: Place, kept: str, wanted: str) -> str:
    if kept == wanted:
        return f"{place} keeps the real log of {kept}; a demonstration needs one of its own ({place.option})."
    return (
        f"{place} keeps the real log of {kept}, not of {wanted}: "
        f"open it with --city {kept}, or name another one with {place.option}."
    )


class Folder:
    """A data folder with SQLite files."""

    option = "--data"

    def __init__(self, data: Path) -> None:
        self._data = data

    def __str__(self) -> str:
        return str(self._data)

    def owner(self) -> str:
        marker = self._data / MARKER
        return marker.read_text(encoding="utf-8") if marker.is_file() else ""

    def note_owner(self, words: str) -> None:
        (self._data / MARKER).write_text(words, encoding="utf-8")

    def has_log(self) -> bool:
        return (self._data / "events.sqlite").is_file()

    def lay_aside(self, city_id: str) -> str:
        number = 1
        while (aside := self._data / "old-demos" / f"{city_id}-{number}").exists():
            number += 1
        aside.mkdir(parents=True)
        for pattern in LEFT_BEHIND:
            for path in list(self._data.glob(pattern)):
                path.rename(aside / path.name)
        return str(aside)
