"""What is known of an incident, and what is known of several that are one."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain.values import Needs


class TriagedAs(NamedTuple):
    """What it is; where answers say so, the call that gave them and the card with its version."""

    determinant: str
    title: dict[str, str] | None
    plan: str | None
    call_id: UUID | None
    card: tuple[str, int] | None


class Known(NamedTuple):
    """danger : what threatens those who go there; patients : how many, 0 where nobody said"""

    urgency: tuple[str, Needs]
    triage: TriagedAs | None
    danger: str | None
    alarm_level: int
    patients: int


def together(own: Known, *others: Known) -> Known:
    """The most urgent tells how urgent all of them are; of equals one that was triaged, `own` before others.
    In the same order they tell what it is. Each danger threatens them all. Of levels and numbers the highest
    counts: every caller sees the same people, and some see more of them."""
    all_of_them = (own, *others)
    told = sorted(all_of_them, key=lambda each: (each.urgency[0], each.triage is None))
    return Known(
        urgency=told[0].urgency,
        triage=next((each.triage for each in told if each.triage is not None), None),
        danger=_each_once(each.danger for each in all_of_them),
        alarm_level=max(each.alarm_level for each in all_of_them),
        patients=max(each.patients for each in all_of_them),
    )


def but_for_news(was: Known, now: Known, then: Known) -> Known:
    """`then`, but what somebody said since `was` stays as it is `now`."""
    return Known(
        urgency=then.urgency if now.urgency == was.urgency else now.urgency,
        triage=then.triage if now.triage == was.triage else now.triage,
        danger=then.danger if now.danger == was.danger else now.danger,
        alarm_level=then.alarm_level if now.alarm_level == was.alarm_level else now.alarm_level,
        patients=then.patients if now.patients == was.patients else now.patients,
    )


def _each_once(dangers: Iterable[str | None]) -> str | None:
    found: list[str] = []
    for danger in dangers:
        found += [part for part in (danger or "").split("; ") if part and part not in found]
    return "; ".join(found) or None
