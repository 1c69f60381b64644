"""A day's calls, as they are handed to every policy alike, and the small file they are kept in."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from simulations.sentence import CannotPlay


@dataclass(frozen=True, slots=True)
class CallOfDay:
    """at_s       : when it rang, since the day began
    priority    : P1 to P4
    decide_s    : from the ring until somebody first looks for a unit
    scene_s     : from arrival until the crew leaves the scene or is done there
    transports  : whether the patient is taken to a hospital
    handover_s  : from arrival at the hospital until handover
    clear_s     : from there until the crew is ready again
    """

    at_s: float
    lat: float
    lon: float
    priority: str
    patients: int
    decide_s: float
    scene_s: float
    transports: bool
    handover_s: float
    clear_s: float


COLUMNS = tuple(each.name for each in fields(CallOfDay))


@dataclass(frozen=True, slots=True)
class Day:
    """calls in the order they rang; begins : with its zone; source : where they came from, for the reader
    days : so many of them follow one another
    left_out : of a log, how many incidents are not among the calls, by reason (`left_out.py`)
    """

    city: str
    begins: datetime
    source: str
    calls: tuple[CallOfDay, ...]
    days: int = 1
    left_out: Mapping[str, int] = field(default_factory=dict)


def write_day(day: Day, path: Path) -> None:
    rows = ",\n".join(json.dumps(list(astuple(call))) for call in day.calls)
    head: dict[str, Any] = {
        "city": day.city,
        "begins": day.begins.isoformat(),
        "source": day.source,
        "columns": COLUMNS,
    }
    head |= {"days": day.days} if day.days > 1 else {}
    head |= {"left_out": dict(day.left_out)} if day.left_out else {}
    text = json.dumps(head, ensure_ascii=False, indent=1)
    path.write_text(f'{text[:-2]},\n "calls": [\n{rows}\n]}}\n', encoding="utf-8")


def read_day(path: Path) -> Day:
    """Raises ValueError with a sentence where the file is no such day."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if tuple(told["columns"]) != COLUMNS:
            raise ValueError("its columns are others")
        calls = tuple(CallOfDay(*row) for row in told["calls"])
        begins = datetime.fromisoformat(told["begins"])
        days = int(told.get("days", 1))
        left_out = {str(why): int(count) for why, count in told.get("left_out", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise CannotPlay(f"{path.name} is no recorded day: {fault}.") from None
    ordered = tuple(sorted(calls, key=lambda call: call.at_s))
    return Day(told["city"], begins, told["source"], ordered, days, left_out)
