"""Which refusals are right: others had the van or the beds, by the log and by what all desks heard when."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from tests.chaos.desks import FOUGHT_BEDS, FOUGHT_STAFFED, fought_vans
from tests.chaos.record import Heard, Record
from tests.integration.api.storm import facts_in

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hold:
    """A run that stands in the log, and the longest time in which it can have had its van and its bed.

    since : when it was first asked for;  until : when its end was acknowledged
    """

    van: str
    beds: tuple[str | None, str | None]
    since: float
    until: float


def unexplained(events: list[Event], record: Record) -> Iterator[str]:
    """Each refusal that nothing in this storm explains, in words."""
    facts, holds = facts_in(events), _holds(events, record)
    for heard in record.refused:
        wrong = "it stands in the log" if facts[heard.order.fact] else _wrong(heard, holds)
        if wrong:
            told = f"{heard.status} {heard.kind} {heard.body.get('detail', '')}"
            yield f"{heard.order.fact} was refused with {told}, but {wrong}"


def _wrong(heard: Heard, holds: dict[str, Hold]) -> str:
    if heard.order.fact[0] != "Run.Assigned":
        return "nobody else had a hand in it"
    match heard.status, heard.kind:
        case 409, "UnitBusy":
            return _not_busy(heard, holds.get(str(heard.body.get("run_id"))))
        case 409, "NoBedFree":
            return _not_full(heard, holds)
    return "this storm gives no reason for that"


def _not_busy(heard: Heard, holder: Hold | None) -> str:
    van = heard.order.body["unit_id"]
    if van not in fought_vans():
        return f"{van} belongs to that desk alone"
    if holder is None or holder.van != van:
        return f"the log knows no such run of {van}"
    if holder.since > heard.heard:
        return f"the run that had {van} was first asked for {holder.since - heard.heard:.3f} s after that"
    if holder.until < heard.sent:
        return f"{van} was acknowledged free {heard.sent - holder.until:.3f} s before that was asked"
    return ""


def _not_full(heard: Heard, holds: dict[str, Hold]) -> str:
    """Whether at no moment of the asking so many beds can have been held."""
    beds = heard.order.body["hospital_id"], heard.order.body["bed_kind"]
    if beds != FOUGHT_BEDS:
        return f"there are beds enough of {beds}"
    rivals = [hold for hold in holds.values() if hold.beds == beds]
    moments = [heard.sent, *(hold.since for hold in rivals if heard.sent < hold.since < heard.heard)]
    most = max(sum(hold.since <= moment <= hold.until for hold in rivals) for moment in moments)
    return "" if most >= FOUGHT_STAFFED else f"at most {most} of {FOUGHT_STAFFED} beds were held then"


def _holds(events: list[Event], record: Record) -> dict[str, Hold]:
    """By the id of the run. What was never acknowledged may have begun at any time, or never have ended."""
    began = {heard.order.fact[1]: heard.asked for heard in record.promised if _is(heard, "Run.Assigned")}
    ended = {
        heard.order.fact[1]: heard.heard
        for heard in record.promised
        if _is(heard, "Run.Progressed") and heard.order.fact[2] in ("clear", "stood_down")
    }
    found = {}
    for event in events:
        if event["topic"] == "Run.Assigned":
            said = event["data"]
            run, beds = said["run_id"], (said["hospital_id"], said["bed_kind"])
            found[run] = Hold(said["callsign"], beds, began.get(run, -inf), ended.get(run, inf))
    return found


def _is(heard: Heard, topic: str) -> bool:
    return heard.order.fact[0] == topic
