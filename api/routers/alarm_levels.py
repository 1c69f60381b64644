"""What raising the alarm would bring: read before it is raised, so that nobody raises it blindly."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from uuid import UUID

from api.advice import need_of
from api.dependencies import Desk, TheCentre
from api.hand import now
from api.room import Room
from api.schema.alarm_levels import AddedSlot, AlarmLevelRow, AlarmLevels
from dispatch.policies.plan_rules import Slot, plan_for
from domain.errors import UnknownIncident
from domain.incident import HIGHEST_ALARM

router = Room(tags=["runs"])


@router.get("/incidents/{incident_id}/alarm-levels")
def alarm_levels(incident_id: UUID, _: Desk, centre: TheCentre) -> AlarmLevels:
    """By the incident's plan, level by level. What only an alley or a sooner motorbike calls for is no part
    of it: that is settled when units are looked for."""
    row = centre.row("incidents", str(incident_id))
    if row is None:
        raise UnknownIncident(incident_id=incident_id)
    need = need_of(centre, row, now())
    plan = plan_for(centre.desk.rules.plans, need.plan, need.determinant, need.priority)
    always = [slot for slot in plan.slots if slot.when == "always"]
    return AlarmLevels(
        now=need.alarm_level,
        plan=plan.name,
        levels=[
            AlarmLevelRow(level=level, adds=_added(always, level, need.patients))
            for level in range(1, HIGHEST_ALARM + 1)
        ],
    )


def _added(slots: Sequence[Slot], level: int, patients: int) -> list[AddedSlot]:
    """Slots of one role are counted together."""
    counts = Counter[tuple[str, str, str]]()
    for slot in slots:
        if slot.from_alarm != level:
            continue
        counts[slot.role, slot.en, slot.vi] += ceil(patients / slot.per_patients) if slot.per_patients else 1
    return [AddedSlot(role=role, en=en, vi=vi, count=count) for (role, en, vi), count in counts.items()]
