"""When time passes over an assignment, what is due by the rows as they stand; cheap when nothing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from dispatch.policies.assignment_rules import AutoDispatchRules
from dispatch.reactions.reopening import Reopening
from domain.auto_dispatch import PASSING
from domain.run_course import ENDS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Onward:
    """An offer nobody took. `to_next` : whether another unit is to be offered it, or a dispatcher decides."""

    run_id: str
    incident_id: str
    why: Literal["declined", "lapsed"]
    turn: int
    to_next: bool


def lapsing(runs: Iterable[Row], now: datetime, reopening: Reopening) -> list[str]:
    """The ids of runs whose offer nobody answered in time."""
    return [
        str(row["id"])
        for row in runs
        if row["status"] == "assigned" and _is_open(row) and answer_due(row, reopening) <= now
    ]


def answer_due(run: Row, reopening: Reopening) -> datetime:
    """Until when the crew of an open offer may answer."""
    until = _moment(run["offer"]["until"])
    return reopening.due(until - timedelta(seconds=run["offer"]["within_s"]), until)


def onward(runs: Iterable[Row], incidents: Mapping[str, Row], most: int) -> list[Onward]:
    """The offers that were declined or lapsed and are not passed on yet.

    To the next they go where the offer says so, fewer than `most` were asked, and nobody was sent since.
    """
    found = []
    for row in runs:
        offer = row.get("offer")
        if offer is None or offer["settled"] or offer["state"] not in ("declined", "lapsed"):
            continue
        if row["status"] not in ENDS:
            continue  # it was taken back
        wanted = offer["escalate"] == "offer_next" and offer["turn"] < most
        waits = _still_waits(incidents.get(row["incident_id"]), row)
        found.append(
            Onward(row["id"], row["incident_id"], offer["state"], offer["turn"], to_next=wanted and waits)
        )
    return found


def _still_waits(incident: Row | None, run: Row) -> bool:
    """Whether the incident is open and nobody was sent since this run ended."""
    if incident is None or incident["closed_at"] is not None:
        return False
    ended_at = max(run["milestones"].values())
    return not any(each["assigned_at"] > ended_at for each in incident["runs"])


def due_returns(units: Iterable[Row], now: datetime) -> list[str]:
    """The callsigns of withdrawn cars whose time is over."""
    return [
        str(row["callsign"])
        for row in units
        if (row.get("withdrawn") or {}).get("until") and _moment(row["withdrawn"]["until"]) <= now
    ]


def to_propose(incidents: Iterable[Row], rules: AutoDispatchRules, now: datetime) -> list[str]:
    """The ids of young incidents that nobody was sent to, of a priority that goes by itself. Not to a place
    in doubt: that order would be refused."""
    if not rules.priorities:
        return []
    since = now - timedelta(seconds=rules.young_s)
    return [
        str(row["id"])
        for row in incidents
        if row["priority"] in rules.priorities
        and row["status"] == "waiting"
        and not row["runs"]
        and row.get("place_confirmed", True)
        and _open_to_proposals(row.get("auto_dispatch"), rules)
        and _moment(row["opened_at"]) >= since
    ]


def _open_to_proposals(auto: Row | None, rules: AutoDispatchRules) -> bool:
    if auto is None:
        return True
    return bool(auto["state"] == "dropped" and auto["why"] in PASSING and auto["round"] < rules.most)


def due_dispatch(incidents: Iterable[Row], now: datetime) -> list[str]:
    """The ids of incidents whose proposal is to be sent now, or dropped: people were faster, closed it, or
    came to doubt its place."""
    due = []
    for row in incidents:
        auto = row.get("auto_dispatch")
        if auto is None or auto["state"] != "proposed":
            continue
        served = any(run["status"] not in ENDS for run in row["runs"])
        pointless = served or row["closed_at"] is not None or not row.get("place_confirmed", True)
        if pointless or _moment(auto["due_at"]) <= now:
            due.append(str(row["id"]))
    return due


def _is_open(row: Row) -> bool:
    return bool((row.get("offer") or {}).get("state") == "open")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
