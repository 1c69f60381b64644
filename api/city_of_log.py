"""One data folder keeps one city, and simulated calls never stand beside real ones.

A demonstration is worth nothing tomorrow, so its log is laid aside when the folder is opened for anything
else; a real log never is: the start is refused instead.
"""

from pathlib import Path

MARKER = "events.of"
DEMO = "demo"
LEFT_BEHIND = ("telemetry.*", "views.*", "events.sqlite-*", "events.sqlite", "events.epoch")
"""In this order, and the marker last of all: a move that is cut short goes on at the next start."""


class OtherCity(RuntimeError):
    """The folder keeps the real log of something else; the sentence says what and what to do."""


def claim(data: Path, city_id: str, demo: bool) -> Path | None:
    """Note whose log this is; where an old demonstration was laid aside, if one was.

    The caller holds the folder. Raises OtherCity.
    """
    marker = data / MARKER
    known = marker.read_text(encoding="utf-8").split() if marker.is_file() else []
    ours = [city_id, DEMO] if demo else [city_id]
    aside = None
    if known and known != ours and (data / "events.sqlite").is_file():
        if DEMO not in known[1:]:
            raise OtherCity(_refusal(data, known[0], city_id))
        aside = _lay_aside(data, known[0])
    marker.write_text(" ".join(ours), encoding="utf-8")
    return aside


def _refusal(data: Path, kept: str, wanted: str) -> str:
    if kept == wanted:
        return f"{data} keeps the real log of {kept}; a demonstration needs a folder of its own (--data)."
    return (
        f"{data} keeps the real log of {kept}, not of {wanted}: "
        f"open it with --city {kept}, or name another folder with --data."
    )


def _lay_aside(data: Path, city_id: str) -> Path:
    number = 1
    while (aside := data / "old-demos" / f"{city_id}-{number}").exists():
        number += 1
    aside.mkdir(parents=True)
    for pattern in LEFT_BEHIND:
        for path in list(data.glob(pattern)):
            path.rename(aside / path.name)
    return aside
