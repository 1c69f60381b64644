"""When calls came: out of a table, or out of a log of our own."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.call import Call
from simulations.left_out import counts
from simulations.needed import read_needed
from simulations.policy_day.from_log import facts_of, open_log

OF_LOG = ("calls", "incidents")


class BadTable(ValueError):
    """A sentence with file and line."""


def from_table(path: Path, column: str, only: str | None = None) -> list[datetime]:
    """Of a CSV file with a head, the moments of a column, by the clock on the wall there.

    only : COLUMN=TEXT, the rows whose column begins with the text
    Raises BadTable and OSError.
    """
    wanted, _, begins = (only or "").partition("=")
    if only is not None and not begins:
        raise BadTable(f"{only!r} should be COLUMN=TEXT.")
    found = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        for name in filter(None, (column, wanted)):
            if name not in (rows.fieldnames or ()):
                raise BadTable(f"{path.name}, line 1: there is no column {name!r}.")
        for row in rows:
            if wanted and not (row[wanted] or "").startswith(begins):
                continue
            try:
                found.append(datetime.fromisoformat(row[column] or "").replace(tzinfo=None))
            except ValueError:
                raise BadTable(
                    f"{path.name}, line {rows.line_num}: {row[column]!r} is no moment such as "
                    "2026-11-23 04:10:00."
                ) from None
    if not found:
        raise BadTable(f"{path.name} has no such row.")
    return found


def from_log(data: Path, of: str, timezone: str) -> tuple[list[datetime], dict[str, int]]:
    """Of the log in a data folder, by the city's clocks: when each call rang, or when each incident that
    needed a unit was opened; and how many incidents did not, by reason. Raises FileNotFoundError."""
    zone = ZoneInfo(timezone)
    log = open_log(data)
    try:
        facts = facts_of(log)
        left_out: dict[str, int] = {}
        if of == "calls":
            moments = [fact.act.at for fact in facts if isinstance(fact, Call.Received)]
        else:
            found = read_needed(facts)
            moments = [each.opened_at for each in found.needed]
            left_out = counts(found.left_out)
    finally:
        log.close()
    return sorted(each.astimezone(zone).replace(tzinfo=None) for each in moments), left_out
