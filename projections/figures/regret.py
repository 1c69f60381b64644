"""Regret decision by decision: who was sent, and who of those offered would have been there soonest.

It knows only what the desk knew then. What the whole day would have allowed is `dispatch.policies.hindsight`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from projections.figures.counting import nearest_rank
from projections.figures.material import Material
from projections.figures.records import RunRecord

WORST = 20


class Choice(NamedTuple):
    """sent_s, best_s : seconds from sending to the scene, as the advice told it; best_callsign is of the kind
    of unit that was sent and was not sent by the same decision before"""

    run: RunRecord
    sent_s: float
    best_callsign: str
    best_s: float
    followed: bool

    @property
    def regret_s(self) -> float:
        return round(self.sent_s - self.best_s, 1)


def choices(material: Material, start: int, end: int) -> list[Choice]:
    """Of the runs sent within [start, end) upon stored advice, by time."""
    runs = sorted(
        (
            run
            for run in material.runs.values()
            if start <= run.times["assigned"] < end and run.ended != "undone"
        ),
        key=lambda run: (run.times["assigned"], run.id),
    )
    sent_before: dict[str, set[str]] = {}
    found = []
    for run in runs:
        decision = material.decisions.get(run.decision_id or "")
        if decision is None:
            continue
        gone = sent_before.setdefault(decision.id, set())
        arrivals = dict(decision.arrivals)
        choice = _choice(run, arrivals, gone, decision.first, material)
        gone.add(run.callsign)
        if choice is not None:
            found.append(choice)
    return found


def _choice(
    run: RunRecord, arrivals: Mapping[str, float], gone: set[str], first: str | None, material: Material
) -> Choice | None:
    sent_s = arrivals.get(run.callsign, run.eta_s)
    if sent_s is None:
        return None  # nobody told when it would be there
    kind = _kind(run.callsign, material)
    others = [
        (seconds, callsign)
        for callsign, seconds in arrivals.items()
        if callsign not in gone and callsign != run.callsign and _kind(callsign, material) == kind
    ]
    best_s, best = min([*others, (sent_s, run.callsign)], key=lambda each: (each[0], each[1] != run.callsign))
    return Choice(run, sent_s, best, best_s, first in (run.callsign, *gone))


def _kind(callsign: str, material: Material) -> str | None:
    unit = material.units.get(callsign)
    return None if unit is None else unit.kind


def told(some: list[Choice]) -> dict[str, Any]:
    """Sums, and the choices that cost most; `regret_s` 0 is to have sent the soonest."""
    n = len(some)
    sizes = sorted(int(each.regret_s) for each in some)
    worst = sorted(some, key=lambda each: (-each.regret_s, each.run.id))[:WORST]
    return {
        "n": n,
        "followed": sum(each.followed for each in some),
        "overridden": sum(each.run.overridden for each in some),
        "soonest_sent": sum(each.regret_s <= 0 for each in some),
        "regret_s": round(sum(each.regret_s for each in some), 1),
        "mean_regret_s": round(sum(each.regret_s for each in some) / n, 1) if n else None,
        "p90_regret_s": nearest_rank(sizes, 90),
        "worst": [
            {
                "run_id": each.run.id,
                "incident_id": each.run.incident_id,
                "decision_id": each.run.decision_id,
                "sent": each.run.callsign,
                "sent_s": each.sent_s,
                "soonest": each.best_callsign,
                "soonest_s": each.best_s,
                "regret_s": each.regret_s,
                "overridden": each.run.overridden,
            }
            for each in worst
            if each.regret_s > 0
        ],
    }
