"""When a promise's time has passed, then it is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """A hospital with something that has run out: the ledgers concerned, and whether a diversion has."""

    hospital_id: str
    bed_kinds: tuple[str, ...]


def due_promises(hospitals: Iterable[Mapping[str, Any]], now: datetime) -> list[Due]:
    """From the rows of the hospital view to what must be expired now; pure, and cheap when nothing is."""
    due = []
    for row in hospitals:
        lapsed = {
            str(kind)
            for kind, beds in row["beds"].items()
            if any(datetime.fromisoformat(until) <= now for until in beds["holds"].values())
        }
        diversion = row.get("diversion")
        over = diversion is not None and datetime.fromisoformat(diversion["until"]) <= now
        if lapsed or over:
            due.append(Due(str(row["id"]), tuple(sorted(lapsed))))
    return due


def due_hindrances(traffic: Iterable[Mapping[str, Any]], now: datetime) -> tuple[str, ...]:
    """The ids of closures and slowed stretches that should have ended by now, from the rows of the view."""
    return tuple(
        sorted(
            str(row["id"])
            for row in traffic
            if row["status"] == "open" and row["until"] and datetime.fromisoformat(row["until"]) <= now
        )
    )
