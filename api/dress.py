"""What rows gain on their way out: the waits that run and when they warn, and what may still be undone.

Facts do not know the limits of a city; screens should not. So the limits are put to the rows here, for all
who ask and for the feed alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from api.bound_for import bound_for, destination_lacks
from dispatch.policies.assignment_rules import SafetyRules, UndoRules
from dispatch.reactions.assignments import answer_due
from dispatch.reactions.reopening import Reopening
from domain.city import Limit, Targets
from domain.run_course import ENDS
from domain.values import Milestone
from projections.memory import MemoryViews
from projections.rows import GONE, Changes, moment

Row = dict[str, Any]
AT_THE_SCENE = (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT)


@dataclass(frozen=True, slots=True)
class Dress:
    """on_the_wall : now, by the clock of the city
    reopening   : who was asked before the service was away is given a little time after it
    """

    targets: Targets
    safety: SafetyRules
    undo: UndoRules
    views: MemoryViews
    on_the_wall: Callable[[], datetime]
    reopening: Reopening = field(default_factory=Reopening)

    def as_of(self, views: MemoryViews, moment: datetime) -> "Dress":
        """The same for rows of the past, among what stood beside them then."""
        zone = self.on_the_wall().tzinfo
        return replace(self, views=views, on_the_wall=lambda: moment.astimezone(zone), reopening=Reopening())

    def rows(self, view: str, rows: Iterable[Row]) -> list[Row]:
        match view:
            case "runs":
                return [self.run(row) for row in rows]
            case "incidents":
                return [self.incident(row) for row in rows]
        return list(rows)

    def changes(self, changes: Changes) -> Changes:
        """The rows of a batch; those that left stay as they are. Runs that others speak of come along:
        when their crew is asked, and whether their hospital will do, follows from incident and hospital."""
        changes = self._with_runs(changes)
        return {
            view: (
                {key: row if GONE in row else self.rows(view, (row,))[0] for key, row in rows.items()}
                if view in ("runs", "incidents")
                else rows
            )
            for view, rows in changes.items()
        }

    def _with_runs(self, changes: Changes) -> Changes:
        told = changes.get("runs", {})
        spoken_of = {entry["run_id"] for row in _standing(changes, "incidents") for entry in row["runs"]}
        spoken_of.update(run_id for row in _standing(changes, "hospitals") for run_id in bound_for(row))
        found = {
            run_id: row
            for run_id in spoken_of - told.keys()
            if self.views.in_memory("runs", run_id) and (row := self.views.row("runs", run_id)) is not None
        }
        return {**changes, "runs": {**told, **found}} if found else changes

    def incident(self, row: Row) -> Row:
        since, limit = row["waiting_since"], self.targets.queue.get(row["priority"])
        timers = [timer("waiting", since, limit)] if since is not None and limit is not None else []
        return {**row, "timers": timers}

    def run(self, row: Row) -> Row:
        row = self._open_until(row)
        lacks = destination_lacks(row, self.views, self.on_the_wall())
        return {
            **row,
            "timers": list(self._of_run(row)),
            "undo": self._undo(row),
            "destination_lacks": lacks,
        }

    def _open_until(self, row: Row) -> Row:
        """With the moment to which screens count for who is asked."""
        offer = row.get("offer")
        if row["status"] != Milestone.ASSIGNED or offer is None or offer["state"] != "open":
            return row
        return {**row, "offer": {**offer, "until": moment(answer_due(row, self.reopening))}}

    def _of_run(self, row: Row) -> Iterable[Row]:
        reached, status = row["milestones"], row["status"]
        offer = row.get("offer")
        if status == Milestone.ASSIGNED:
            yield timer("acknowledge", reached["assigned"], self.targets.acknowledge)
            if offer is not None and offer["state"] == "open":
                yield {
                    "name": "answer",
                    "since": reached["assigned"],
                    "amber_at": None,
                    "red_at": offer["until"],
                }
        elif status in AT_THE_SCENE and "on_scene" in reached:
            yield timer("on_scene", reached["on_scene"], self.targets.on_scene)
            check = self.check(row)
            if check is not None:
                yield check
        elif status == Milestone.AT_HOSPITAL:
            yield timer("handover", reached["at_hospital"], self.targets.handover)

    def check(self, row: Row) -> Row | None:
        """When the crew of a run is asked whether all is well, and when silence alarms; None where it is not
        asked."""
        if row["status"] not in AT_THE_SCENE or "on_scene" not in row["milestones"]:
            return None
        incident = self.views.row("incidents", row["incident_id"])
        dangerous = incident is not None and incident.get("danger") is not None
        every_s = self.safety.dangerous_s if dangerous else self.safety.every_s
        if every_s <= 0:
            return None
        since = max(row["milestones"]["on_scene"], row.get("checked_at") or "")
        since_at = datetime.fromisoformat(since)
        due = since_at + timedelta(seconds=every_s)
        red_at = due + timedelta(seconds=self.safety.grace_s)
        return {
            "name": "welfare",
            "since": since,
            "amber_at": moment(due),
            "red_at": moment(self.reopening.due(since_at, red_at)),
        }

    def _undo(self, row: Row) -> Row | None:
        steps = row.get("steps")
        if not steps or steps[0]["milestone"] != Milestone.ASSIGNED:
            return None  # the assignment itself was taken back
        if _went_on(row):
            return None
        last = steps[-1]
        until = datetime.fromisoformat(last["heard_at"]) + timedelta(seconds=self.undo.within_s)
        return {"of": last["seq"], "milestone": last["milestone"], "until": moment(until)}


def _standing(changes: Changes, view: str) -> Iterable[Row]:
    return (row for row in changes.get(view, {}).values() if GONE not in row)


def _went_on(row: Row) -> bool:
    """An order nobody took: `dispatch.offering.refuse_to_reopen` says why it is not undone."""
    offer = row.get("offer")
    if offer is None or len(row["steps"]) != 2 or row["status"] not in ENDS:
        return False
    return offer["state"] == "lapsed" or offer["next_callsign"] is not None


def timer(name: str, since: str, limit: Limit) -> Row:
    began = datetime.fromisoformat(since)
    return {
        "name": name,
        "since": since,
        "amber_at": moment(began + timedelta(seconds=limit.amber_s)),
        "red_at": moment(began + timedelta(seconds=limit.red_s)),
    }
