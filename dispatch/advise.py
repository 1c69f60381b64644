"""Advice for one incident: every unit and every hospital, judged on the picture of this moment.

The advice holds all it was made from, so that a stored decision explains itself without the world around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from dispatch import inputs
from dispatch.desk import Desk
from dispatch.need import BY_TIME as BY_TIME
from dispatch.need import Choosing as Choosing
from dispatch.need import Need as Need
from dispatch.policies import destination, plans, send
from dispatch.policies.arriving import arriving_s
from dispatch.policies.choice import Asked, Candidate, in_order
from dispatch.policies.destination import HospitalNow, HospitalRanking
from dispatch.policies.plan_rules import plan_for
from dispatch.policies.plans import FilledPlan, Sized
from dispatch.policies.send import Sifted, UnitNow, UnitRanking
from dispatch.policies.swaps import Swap, swaps
from dispatch.ways_there import WaysThere
from dispatch.written_advice import WrittenAdvice as WrittenAdvice


class LivePicture(Protocol):
    """The fleet and the hospitals as they stand now."""

    def units_now(self) -> Sequence[UnitNow]: ...

    def hospitals_now(self) -> Sequence[HospitalNow]: ...


@dataclass(frozen=True, slots=True)
class Advice:
    decision_id: UUID
    at: datetime
    need: Need
    units: UnitRanking
    plan: FilledPlan
    swaps: list[Swap]
    hospitals: HospitalRanking
    fleet: tuple[UnitNow, ...]
    hospitals_seen: tuple[HospitalNow, ...]
    policy: str
    choosing: Choosing
    map_version: str
    traffic_version: str

    def answer(self) -> dict[str, Any]:
        """What is answered: the ranking with its reasons. Its rows are no plain JSON yet."""
        needs = self.need.needs
        return {
            "decision_id": str(self.decision_id),
            "incident_id": self.need.incident_id,
            "at": self.at.isoformat(),
            "priority": self.need.priority,
            "needs": {
                "capabilities": needs.capabilities,
                "bed_kind": needs.bed_kind,
                "speciality": needs.speciality,
            },
            "policy": self.policy,
            "units": self.units.units,
            "rejected": self.units.rejected,
            "plan": self.plan,
            "swaps": self.swaps,
            "hospitals": self.hospitals.hospitals,
            "hospitals_rejected": self.hospitals.rejected,
            "map_version": self.map_version,
            "traffic_version": self.traffic_version,
        }

    def inputs(self, desk: Desk) -> dict[str, Any]:
        """All that made the answer besides the roads, which its two versions name."""
        choosing = self.choosing.inputs
        return inputs.told(self.need, self.fleet, self.hospitals_seen, desk.rules, choosing)

    def written(self, desk: Desk) -> WrittenAdvice:
        """The same in letters, to be answered, kept and stored as it was shown."""
        write = msgspec.json.encode
        return WrittenAdvice(
            self.decision_id, self.need.incident_id, write(self.answer()), write(self.inputs(desk))
        )


def advise(
    need: Need,
    picture: LivePicture,
    desk: Desk,
    now: datetime,
    decision_id: UUID,
    choosing: Choosing = BY_TIME,
    last_resort: bool = True,
    reckon_serving: bool = True,
    reckon_unseen: bool = True,
) -> Advice:
    """Rank every unit and every hospital for one incident, fill its plan, and offer what may be swapped.

    Roads are asked only for those that could go: one question a profile, not one a unit.

    last_resort    : a hospital is named even where none has what is needed; older advice did not
    reckon_serving : who goes first must be sooner than those who serve already; older advice forgot them
    reckon_unseen  : of those, who sends no position is taken to have left its station; older advice forgot it
    """
    fleet, hospitals = tuple(picture.units_now()), tuple(picture.hospitals_now())
    rules, roads = desk.rules, desk.roads.still()
    asked = Asked(need.priority, need.needs, need.target_s)
    ways = WaysThere(need.position, roads)
    sifted = send.sift(fleet, need.needs, rules.send, now)
    found, passed_over = send.consider(sifted, ways.of_prospects, asked, rules.send, now)
    plan = plan_for(rules.plans, need.plan, need.determinant, need.priority)
    helpers = _helpers(need, sifted, found, ways, desk, now)
    everybody = [*found, *helpers]
    weighed = in_order(everybody, choosing.policy.weigh(everybody, asked, choosing.coverage))
    ranked = {each.callsign for each in found}
    serving = [unit for unit in fleet if unit.task is not None and unit.task.incident_id == need.incident_id]
    coming = plans.NOT_RECKONED
    if reckon_serving and serving:
        coming = arriving_s(serving, ways.of_units(serving, need.position, reckon_unseen), rules.send, now)
    here = now.astimezone(desk.timezone)  # hospitals keep hours by the clock on their walls
    places, other_places = destination.sift(hospitals, need.needs, here, need.position, last_resort)
    ways_on = roads.from_scene(need.position, [place.position for place in places], "van")
    return Advice(
        decision_id=decision_id,
        at=now,
        need=need,
        units=UnitRanking(
            send.ranked_rows([each for each in weighed if each[0].callsign in ranked]), passed_over
        ),
        plan=plans.fill(
            plan,
            Sized(need.needs, need.patients, need.alarm_level),
            [each for each, _, _ in weighed],
            fleet,
            serving,
            rules.plans,
            plans.in_alley(everybody, rules.send.alley_gap_m),
            coming,
        ),
        swaps=swaps(fleet, asked, need.position, found, ways.of_units, rules.send, now),
        hospitals=destination.rank(
            places, ways_on, other_places, need.needs, rules.destination, here, need.position
        ),
        fleet=fleet,
        hospitals_seen=hospitals,
        policy=choosing.policy.name,
        choosing=choosing,
        map_version=roads.map_version,
        traffic_version=roads.traffic_version,
    )


def _helpers(
    need: Need, sifted: Sifted, found: Sequence[Candidate], ways: WaysThere, desk: Desk, now: datetime
) -> list[Candidate]:
    """Who cannot do all that is needed, but can fill a slot of the plan: a motorbike for first care."""
    rules = desk.rules
    plan = plan_for(rules.plans, need.plan, need.determinant, need.priority)
    ranked = {each.callsign for each in found}
    useful = [
        each
        for each in sifted.waves[-1]
        if each.reserve is None
        and each.free_in_s is None
        and each.unit.callsign not in ranked
        and plans.could_help(each.unit, plan, need.needs, need.alarm_level)
    ]
    return send.candidates(useful, ways.of_prospects(useful), need.priority, rules.send, now)
