"""Fill a response plan: who is on the way already, who should go, and what is short, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import msgspec

from dispatch.policies.choice import Candidate
from dispatch.policies.fleet import UnitNow, lacks, not_free
from dispatch.policies.plan_rules import PlanRules, ResponsePlan, Slot
from domain.values import Needs

MOST_SLOTS = 60
"""Nobody reads more; with so many casualties the distribution of patients is the plan."""

WHOLE = Slot("whole", "", "")
"""Filled by whoever can do all that is needed."""

NOT_RECKONED: Mapping[str, float] = {}


class SlotUnit(msgspec.Struct, frozen=True, gc=False):
    """eta_s : until it is on scene, turnout included; on_foot_m : from the end of its way to the scene"""

    unit_id: str
    callsign: str
    kind: str
    eta_s: float
    on_foot_m: float


class PlanSlot(msgspec.Struct, frozen=True, gc=False):
    """unit : who should go now; filled_by_run : who is on the way already; both null: short.

    order : all who could fill it now, the best first: sending the first that is still free follows the advice
    """

    role: str
    en: str
    vi: str
    capabilities: tuple[str, ...]
    kinds: tuple[str, ...]
    unit: SlotUnit | None
    filled_by_run: str | None
    filled_by: str | None
    order: list[str]


class Shortfall(msgspec.Struct, frozen=True, gc=False):
    role: str
    en: str
    vi: str


class FilledPlan(msgspec.Struct, frozen=True, gc=False):
    """alley : the scene lies where a motorbike gets nearer than a van"""

    name: str
    alarm_level: int
    alley: bool
    slots: list[PlanSlot]
    complete: bool
    shortfalls: list[Shortfall]


@dataclass(frozen=True, slots=True)
class Sized:
    """What the size of a response hangs on."""

    needs: Needs
    patients: int
    alarm_level: int


def fits(unit: UnitNow, slot: Slot, needs: Needs) -> bool:
    if slot.kinds and unit.kind not in slot.kinds:
        return False
    return lacks(unit, needs if slot.capabilities is None else Needs(slot.capabilities)) is None


def could_help(unit: UnitNow, plan: ResponsePlan, needs: Needs, alarm_level: int) -> bool:
    """Whether its road is worth asking for the sake of the plan."""
    return any(fits(unit, slot, needs) for slot in plan.slots if slot.from_alarm <= alarm_level)


def in_alley(candidates: Iterable[Candidate], alley_gap_m: float) -> bool:
    """Whether the ways of motorbikes end so much nearer to the scene than those of vans."""
    by_road = {(each.unit.kind, each.way.to_gap_m) for each in candidates if each.way.method == "road"}
    van_m = min((metres for kind, metres in by_road if kind == "van"), default=None)
    motorbike_m = min((metres for kind, metres in by_road if kind == "motorbike"), default=None)
    return van_m is not None and motorbike_m is not None and van_m - motorbike_m >= alley_gap_m


def fill(
    plan: ResponsePlan,
    size: Sized,
    ordered: Sequence[Candidate],
    fleet: Sequence[UnitNow],
    serving: Sequence[UnitNow],
    rules: PlanRules,
    alley: bool,
    arriving_s: Mapping[str, float] = NOT_RECKONED,
) -> FilledPlan:
    """Slots in their order: first those who are on the way take theirs, then the best who can go now.

    ordered    : all who could go, the best first, those included who only fit a slot
    serving    : who is on a run for this incident
    arriving_s : by callsign, when those who serve are on scene: who is sooner must be sooner than they, too
    """
    free = _ByCrew([each for each in ordered if each.free_in_s is None])
    coming = (arriving_s.get(unit.callsign) for unit in serving if fits(unit, WHOLE, size.needs))
    soonest_s = min((seconds for seconds in coming if seconds is not None), default=None)
    wanted = _wanted(plan, size, free, rules, alley, soonest_s)
    left = list(serving)
    held: dict[int, UnitNow] = {}
    for number, slot in enumerate(wanted):
        taker = next((unit for unit in left if fits(unit, slot, size.needs)), None)
        if taker is not None:
            held[number] = taker
            left.remove(taker)
    used: set[str] = set()
    slots: list[PlanSlot] = []
    shortfalls: list[Shortfall] = []
    for number, slot in enumerate(wanted):
        able = free.for_slot(slot, size.needs)
        chosen = None
        if number not in held:
            chosen = next((each for each in able if each.callsign not in used), None)
            if chosen is None and slot.when != "always":
                continue  # it would have helped, and is no part of what must be there
            if chosen is None:
                shortfalls.append(_shortfall(slot, size.needs, fleet))
            else:
                used.add(chosen.callsign)
        slots.append(_told(slot, size.needs, chosen, held.get(number), able))
    return FilledPlan(plan.name, size.alarm_level, alley, slots, not shortfalls, shortfalls)


class _ByCrew:
    """Those who can go now. What they can do is asked once for each kind of crew: a fleet has few."""

    def __init__(self, free: Sequence[Candidate]) -> None:
        self._free = free
        self._crews = [(each.unit.kind, each.unit.capabilities) for each in free]
        self._one_of = {crew: each.unit for crew, each in zip(self._crews, free, strict=True)}

    def for_slot(self, slot: Slot, needs: Needs) -> list[Candidate]:
        """In their order."""
        fitting = {crew for crew, unit in self._one_of.items() if fits(unit, slot, needs)}
        if len(fitting) == len(self._one_of):
            return list(self._free)
        return [each for each, crew in zip(self._free, self._crews, strict=True) if crew in fitting]


def _wanted(
    plan: ResponsePlan, size: Sized, free: _ByCrew, rules: PlanRules, alley: bool, soonest_s: float | None
) -> list[Slot]:
    """The slots that count now, as often as the number of patients says.

    soonest_s : until somebody who can do all that is needed is there, of those who serve already
    """
    wanted: list[Slot] = []
    for slot in plan.slots:
        if slot.from_alarm > size.alarm_level:
            continue
        if slot.when == "alley" and not alley:
            continue
        if slot.when == "sooner" and not (alley or _comes_sooner(slot, size.needs, free, rules, soonest_s)):
            continue
        wanted += [slot] * (ceil(size.patients / slot.per_patients) if slot.per_patients else 1)
    return wanted[:MOST_SLOTS]


def _comes_sooner(slot: Slot, needs: Needs, free: _ByCrew, rules: PlanRules, soonest_s: float | None) -> bool:
    """Whether it is there well before the first who can do all that is needed."""
    first = min((each.arrival_s for each in free.for_slot(slot, needs)), default=None)
    whole = min((each.arrival_s for each in free.for_slot(WHOLE, needs)), default=soonest_s)
    if whole is not None and soonest_s is not None:
        whole = min(whole, soonest_s)
    return first is not None and (whole is None or whole - first >= rules.sooner_by_s)


def _told(
    slot: Slot, needs: Needs, chosen: Candidate | None, held: UnitNow | None, able: Sequence[Candidate]
) -> PlanSlot:
    unit = None
    if chosen is not None:
        unit = SlotUnit(
            chosen.unit.unit_id,
            chosen.callsign,
            chosen.unit.kind,
            round(chosen.arrival_s, 1),
            round(chosen.way.to_gap_m, 1),
        )
    return PlanSlot(
        role=slot.role,
        en=slot.en,
        vi=slot.vi,
        capabilities=needs.capabilities if slot.capabilities is None else slot.capabilities,
        kinds=slot.kinds,
        unit=unit,
        filled_by_run=held.task.run_id if held is not None and held.task is not None else None,
        filled_by=held.callsign if held is not None else None,
        order=[] if held is not None else [each.callsign for each in able],
    )


WHY_SHORT = {
    "busy": ("busy", "đang bận"),
    "off_duty": ("off duty", "không trực"),
    "out_of_service": ("out of service", "ngưng hoạt động"),
}


def _shortfall(slot: Slot, needs: Needs, fleet: Sequence[UnitNow]) -> Shortfall:
    """Why nobody is left for a slot: what those who could fill it are doing."""
    able = [unit for unit in fleet if fits(unit, slot, needs)]
    counted = Counter(objection[0] for unit in able if (objection := not_free(unit)) is not None)
    free = len(able) - sum(counted.values())
    known = [(WHY_SHORT[code], count) for code, count in sorted(counted.items()) if code in WHY_SHORT]
    other = sum(count for code, count in counted.items() if code not in WHY_SHORT)
    english = [f"{count} {words[0]}" for words, count in known]
    vietnamese = [f"{count} {words[1]}" for words, count in known]
    if free:
        english.append(f"{free} sent elsewhere in this plan or out of reach")
        vietnamese.append(f"{free} đã dùng trong phương án này hoặc không có đường tới")
    if other:
        english.append(f"{other} withdrawn")
        vietnamese.append(f"{other} đã rút")
    if not able:
        return Shortfall(slot.role, f"{slot.en}: the city has none", f"{slot.vi}: thành phố không có")
    return Shortfall(
        slot.role,
        f"{slot.en}: none left of {len(able)} ({', '.join(english)})",
        f"{slot.vi}: không còn trong {len(able)} ({', '.join(vietnamese)})",
    )
