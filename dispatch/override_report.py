"""Where people knew better than the advice, or thought so: from the log, by reason and by dispatcher."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from dispatch.application import DispatchLog
from dispatch.some_facts import SomeFacts
from domain.decision import Decision

AT_ONCE = 1_000


def override_report(log: DispatchLog, since: datetime, until: datetime) -> dict[str, Any]:
    """All overrides that happened from `since` on and before `until`, oldest first.

    `given_up_s` sums, over those of which it is known, how much later who went was expected than who was
    advised: below zero where people found somebody sooner.
    """
    rows = [_row(fact) for fact in _overrides(log) if since <= fact.act.at < until]
    rows.sort(key=lambda row: (row["at"], row["run_id"]))
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "count": len(rows),
        "given_up_s": _sum(rows),
        "by_reason": _counted(rows, "code"),
        "by_dispatcher": _counted(rows, "actor"),
        "overrides": rows,
    }


def _overrides(log: DispatchLog) -> Iterator[Decision.Overridden]:
    source, start = SomeFacts(log, [Decision.Overridden]), 1
    while batch := source.select(start, AT_ONCE):
        yield from (fact for _, fact in batch if isinstance(fact, Decision.Overridden))
        start = batch[-1][0] + 1


def _row(fact: Decision.Overridden) -> dict[str, Any]:
    return {
        "at": fact.act.at.isoformat(),
        "actor": fact.act.actor,
        "decision_id": str(fact.originator_id),
        "incident_id": str(fact.incident_id),
        "incident_number": fact.incident_number,
        "priority": fact.priority,
        "run_id": str(fact.run_id),
        "callsign": fact.callsign,
        "instead": fact.instead,
        "code": fact.code,
        "reason": fact.reason,
        "given_up_s": fact.given_up_s,
    }


def _counted(rows: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The most frequent first."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    counted = [{"name": key, "count": len(of), "given_up_s": _sum(of)} for key, of in groups.items()]
    return sorted(counted, key=lambda each: (-each["count"], each["name"]))


def _sum(rows: Iterable[dict[str, Any]]) -> float:
    return round(sum(row["given_up_s"] or 0.0 for row in rows), 1)
