"""How soon those who serve an incident already are on its scene."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dispatch.policies.fleet import UnitNow
from dispatch.policies.send_rules import SendRules
from domain.values import Milestone, Travel

ASKED = (Milestone.ASSIGNED, Milestone.ACCEPTED)
"""Before it drives, what is left of its turnout is to come."""


def arriving_s(
    serving: Sequence[UnitNow], ways: Sequence[Travel | None], rules: SendRules, now: datetime
) -> Mapping[str, float]:
    """Seconds by callsign; 0 for one that is or was there. Of one without a way nothing is said.

    ways : of each to the scene; of one that nobody has seen, from its station
    """
    found: dict[str, float] = {}
    for unit, way in zip(serving, ways, strict=True):
        task = unit.task
        if task is None:
            continue
        if task.milestone not in (*ASKED, Milestone.EN_ROUTE):
            found[unit.callsign] = 0.0
        elif way is not None:
            turnout_s = 0.0
            if task.milestone in ASKED:
                elapsed_s = (now - task.since).total_seconds()
                turnout_s = max(0.0, rules.turnout_s.get(unit.kind, 60.0) - elapsed_s)
            found[unit.callsign] = way.duration_s + turnout_s
    return found
