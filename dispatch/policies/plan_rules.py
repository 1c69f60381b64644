"""Response plans as a city writes them: which slots an incident of some kind has, to be filled by units."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from msgspec import Meta

from domain.incident import HIGHEST_ALARM

When = Literal["always", "alley", "sooner"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One unit's part in a plan.

    role, en, vi : its name for programs and for people
    capabilities : what the unit must be able to do; None: what the incident needs
    kinds        : of vehicle; none: any
    when         : "alley": only where a motorbike gets nearer to the scene than a van;
                   "sooner": there, and where it arrives sooner than whoever carries the patient
    from_alarm   : the alarm level from which it belongs to the plan
    per_patients : one such slot for each so many patients begun; 0: one, whatever their number
    determinants : it belongs to the plan for these alone; none: for all whose plan it is
    """

    role: str
    en: str
    vi: str
    capabilities: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    when: When = "always"
    from_alarm: Annotated[int, Meta(ge=1, le=HIGHEST_ALARM)] = 1
    per_patients: Annotated[int, Meta(ge=0)] = 0
    determinants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResponsePlan:
    """determinants, priorities : whose plan it is; one named for the determinant goes before one for the
    priority, and the first that fits is taken."""

    name: str
    slots: tuple[Slot, ...]
    determinants: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()


CARRY = Slot("carry", "ambulance", "xe cứu thương", per_patients=2)
MORE = Slot("more", "further ambulance", "xe tăng cường", ("BLS", "transport"), from_alarm=2)
MOST = Slot("most", "further ambulance", "xe tăng cường", ("BLS", "transport"), from_alarm=3)
FIRST = Slot(
    "first_care",
    "motorbike for first care",
    "xe máy sơ cứu",
    ("BLS",),
    ("motorbike",),
    when="alley",
)
SOONER = Slot(
    "first_care", "motorbike for first care", "xe máy sơ cứu", ("BLS",), ("motorbike",), when="sooner"
)
SHIPPED = (
    ResponsePlan("life_threat", (SOONER, CARRY, MORE, MOST, MOST), priorities=("P1",)),
    ResponsePlan("urgent", (FIRST, CARRY, MORE, MOST, MOST), priorities=("P2",)),
    ResponsePlan("single", (CARRY, MORE, MOST), priorities=("P3", "P4")),
)


@dataclass(frozen=True, slots=True)
class PlanRules:
    """plan     : the city's plans, in the order in which they are looked through
    sooner_by_s : a motorbike goes first where it saves at least this much
    """

    plan: tuple[ResponsePlan, ...] = SHIPPED
    sooner_by_s: Annotated[float, Meta(ge=0)] = 60.0


def plan_for(rules: PlanRules, name: str | None, determinant: str | None, priority: str) -> ResponsePlan:
    """The one of that name, else for the determinant, else for the priority, else one unit that fits; with
    those of its slots that concern the determinant."""
    plan = whole_plan(rules.plan, name, determinant, priority) or ResponsePlan("single", (CARRY,))
    slots = tuple(slot for slot in plan.slots if not slot.determinants or determinant in slot.determinants)
    return plan if len(slots) == len(plan.slots) else replace(plan, slots=slots)


def whole_plan(
    plans: tuple[ResponsePlan, ...], name: str | None, determinant: str | None, priority: str
) -> ResponsePlan | None:
    """Of a city's plans, with all its slots; None where none is for it."""
    for each in plans:
        if name is not None and each.name == name:
            return each
    for each in plans:
        if determinant is not None and determinant in each.determinants:
            return each
    for each in plans:
        if priority in each.priorities:
            return each
    return None
