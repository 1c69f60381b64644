"""A day's calls, a city's fleet and its hospitals, as columns for the lean path."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from dispatch.policies import destination
from dispatch.policies.fleet import UnitNow, lacks
from dispatch.policies.send_rules import SendRules
from dispatch.policies.triage import needs_of
from dispatch.rules import Rules
from domain.city import City
from domain.values import Needs, Position, Priority, Travel
from routing.arrays import Int32s
from simulations.day import Day
from simulations.ground.build import CityGround
from simulations.hospitals import ordinary_day
from simulations.lean.columns import NOBODY, Fleet, Incidents

PRIORITIES = tuple(str(priority) for priority in Priority)
NEEDS: tuple[Needs, ...] = tuple(needs_of(priority) for priority in PRIORITIES)
"""What a bare priority asks for: here the number of a need is that of its priority."""


def incidents_of(day: Day, ground: CityGround) -> tuple[Incidents, Int32s]:
    """In the order in which they are opened, and of each the number of its call in the day.

    ground : with the scene of every call among its places; raises KeyError else
    """
    opened_s = np.array([call.at_s + call.decide_s for call in day.calls])
    order = np.argsort(opened_s, kind="stable").astype(np.int32)
    calls = [day.calls[number] for number in order.tolist()]
    place = {ground.positions[spot]: number for number, spot in enumerate(ground.columns.place_spot.tolist())}
    priority = np.array([PRIORITIES.index(call.priority) for call in calls], np.int32)
    incidents = Incidents(
        rang_s=np.array([call.at_s for call in calls]),
        opened_s=opened_s[order],
        place=np.array([place[Position(call.lat, call.lon)] for call in calls], np.int32),
        priority=priority,
        need=priority,
        scene_s=np.array([call.scene_s for call in calls]),
        transports=np.array([call.transports for call in calls], np.bool_),
        handover_s=np.array([call.handover_s for call in calls]),
        clear_s=np.array([call.clear_s for call in calls]),
    )
    return incidents, order


def fleet_of(city: City, rules: SendRules, ground: CityGround) -> tuple[Fleet, tuple[str, ...]]:
    """And the callsigns, in its order. What a crew can do is asked of the live rule."""
    units = sorted(city.units, key=lambda unit: unit.callsign)
    bases = [station.id for station in city.stations]
    seen = [
        UnitNow(unit.callsign, unit.callsign, str(unit.kind), unit.capabilities, "on_duty", None, None, None)
        for unit in units
    ]
    fleet = Fleet(
        kind=np.array([ground.kinds.index(unit.kind) for unit in seen], np.int32),
        base=np.array([bases.index(unit.station) for unit in units], np.int32),
        able=np.array([[lacks(unit, needs) is None for needs in NEEDS] for unit in seen], np.bool_),
        carries=np.array([unit.kind == "van" for unit in seen], np.bool_),
        turnout_s=np.array([round(rules.turnout_s.get(unit.kind, 60.0), 1) for unit in seen]),
    )
    return fleet, tuple(unit.callsign for unit in units)


def hospital_of(
    city: City, rules: Rules, ground: CityGround, now: datetime, wanted: Sequence[Needs] = NEEDS
) -> Int32s:
    """int32[places, needs]: where the live rule takes somebody from each place, whose answer is the same all
    day as long as the hospitals are those of an ordinary one."""
    hospitals = ordinary_day(city)
    number = {each.hospital_id: i for i, each in enumerate(hospitals)}
    found = np.full((len(ground.columns.place_spot), len(wanted)), NOBODY, np.int32)
    for place, spot in enumerate(ground.columns.place_spot.tolist()):
        ways = _ways(ground, place)
        for need, needs in enumerate(wanted):
            able, others = destination.sift(hospitals, needs, now, ground.positions[spot])
            asked = [ways[number[each.hospital_id]] for each in able]
            ranked = destination.rank(able, asked, others, needs, rules.destination, now).hospitals
            if ranked:
                found[place, need] = number[ranked[0].hospital_id]
    return found


def _ways(ground: CityGround, place: int) -> Sequence[Travel | None]:
    seconds = ground.columns.to_hospital_s[place].tolist()
    metres = ground.columns.to_hospital_m[place].tolist()
    return [
        None if each_s == np.inf else Travel(each_s, each_m)
        for each_s, each_m in zip(seconds, metres, strict=True)
    ]
