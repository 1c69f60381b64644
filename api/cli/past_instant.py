"""`vigil replay --at MOMENT`: the picture as it was known at any past instant, folded from the log again."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import typer

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from projections.memory import KNOWN, MemoryViews
from projections.past import views_at
from projections.rows import Row

TOLD = ("units", "incidents", "runs", "hospitals", "calls", "traffic")
OVER = ("closed", "merged", "done")


class BadMoment(ValueError):
    """Somebody typed what is no moment; the sentence says why."""


def read_moment(text: str) -> datetime:
    """Raises BadMoment."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment(f"'{text}' is no moment: say it like 2026-03-03T12:00+07:00.") from None
    if moment.tzinfo is None:
        raise BadMoment(f"'{text}' does not say by which clock: add the offset, such as {text}+07:00.")
    return moment


def tell_past(log: DispatchLog, at: datetime, as_json: bool) -> None:
    """Nothing is written. Positions of units are no facts of the log, and are not told.

    Raises BadMoment where the log begins later.
    """
    facts = SomeFacts(log, KNOWN)
    views = views_at(facts, at)
    if not views.position:
        raise BadMoment(_too_early(facts, at))
    if as_json:
        rows = {name: views.rows(name) for name in TOLD}
        typer.echo(json.dumps({"at": at.isoformat(), "seq": views.position, **rows}, ensure_ascii=False))
        return
    typer.echo(f"{at.isoformat()}: as it was known at place {views.position} of the log.")
    _tell_units(views)
    _tell_incidents(views)
    _tell_hospitals(views)


def _too_early(facts: SomeFacts, at: datetime) -> str:
    first = facts.select(1, 1, None)
    if not first:
        return "The log is empty: there is nothing to show."
    begins = first[0][1].act.heard_at.astimezone(at.tzinfo).isoformat(timespec="seconds")
    return f"Nothing was known yet at {at.isoformat()}: the log begins at {begins}."


def _tell_units(views: MemoryViews) -> None:
    counted = Counter(row["status"] for row in views.rows("units"))
    words = ", ".join(f"{status} {count}" for status, count in sorted(counted.items()))
    typer.echo(f"Units: {words or 'none'}.")


def _tell_incidents(views: MemoryViews) -> None:
    rows = sorted(
        (row for row in views.rows("incidents") if row["status"] not in OVER),
        key=lambda row: (row["status"] != "waiting", row["priority"], row["number"]),
    )
    typer.echo(f"Incidents under way: {len(rows)}.")
    for row in rows:
        crews = ", ".join(_crew(run) for run in row["runs"] if run["ended_at"] is None)
        typer.echo(f"  {row['number']:>5}  {row['priority']}  {row['status']:<12}  {crews or 'nobody'}")


def _crew(run: Mapping[str, str]) -> str:
    return f"{run['callsign']} {run['status']}"


def _tell_hospitals(views: MemoryViews) -> None:
    for row in sorted(views.rows("hospitals"), key=lambda row: str(row["id"])):
        beds = ", ".join(f"{kind} {_beds(count)}" for kind, count in sorted(row["beds"].items()))
        diverts = "  DIVERTS" if row["diversion"] else ""
        typer.echo(f"  {row['name']}: {beds or 'no beds told'}{diverts}")


def _beds(count: Row) -> str:
    return f"{count['free']}/{count['staffed']}"
