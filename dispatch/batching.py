"""Every incident that waits and every free unit at once: who should go where, and who is left waiting,
why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatch.advise import LivePicture
from dispatch.desk import Desk
from dispatch.need import Need
from dispatch.policies.batch import Batch, WaitingIncident, Why, assign
from dispatch.policies.fleet import UnitNow, free_and_seen, lacks
from dispatch.policies.send_rules import SendRules
from dispatch.policies.tenths import in_tenths
from dispatch.policies.words import Words
from domain.ports import Roads
from domain.values import Travel

Float64s = NDArray[np.float64]

WORDS: dict[Why, Words] = {
    "nobody_can": {
        "en": "no free unit can serve it",
        "vi": "không có xe rảnh nào đáp ứng được",
    },
    "more_urgent": {
        "en": "all units that could serve it go to more urgent incidents",
        "vi": "các xe đáp ứng được đều đi vụ khẩn cấp hơn",
    },
    "spread": {
        "en": "there are too few units; others are reached sooner or wait longer",
        "vi": "không đủ xe; các vụ khác gần hơn hoặc đã chờ lâu hơn",
    },
}


@dataclass(frozen=True, slots=True)
class WaitingNeed:
    need: Need
    waited_s: float


@dataclass(frozen=True, slots=True)
class Pair:
    """arrival_s : turnout and travel"""

    need: Need
    unit: UnitNow
    way: Travel
    arrival_s: float


@dataclass(frozen=True, slots=True)
class Shares:
    pairs: list[Pair]
    unserved: list[tuple[Need, Why]]
    units: int
    map_version: str
    traffic_version: str


def share_out(waiting: Sequence[WaitingNeed], picture: LivePicture, desk: Desk, now: datetime) -> Shares:
    """One unit for each incident, by `dispatch.policies.batch`. The order of `waiting` does not matter."""
    rules, roads = desk.rules.send, desk.roads.still()
    waiting = sorted(waiting, key=lambda each: each.need.incident_id)
    units = sorted(
        (unit for unit in picture.units_now() if free_and_seen(unit, rules.stale_after_s, now)),
        key=lambda unit: unit.callsign,
    )
    ways = _ways(units, waiting, roads)
    arrival_s = in_tenths(_driving_s(ways, len(waiting)) + _turnout_s(units, rules)[:, None])
    arrival_s[~_able(units, waiting)] = np.nan
    incidents = [
        WaitingIncident(each.need.incident_id, each.need.priority, each.waited_s, max(1, each.need.patients))
        for each in waiting
    ]
    found = assign(arrival_s, incidents)
    return Shares(
        _pairs(found, waiting, units, ways, arrival_s),
        [(waiting[j].need, found.unserved[j]) for j in sorted(found.unserved)],
        len(units),
        roads.map_version,
        roads.traffic_version,
    )


def _ways(
    units: Sequence[UnitNow], waiting: Sequence[WaitingNeed], roads: Roads
) -> list[list[Travel | None]]:
    """[units][incidents]: one question to the roads a kind of unit."""
    scenes = [each.need.position for each in waiting]
    ways: list[list[Travel | None]] = [[] for _ in units]
    for kind in sorted({unit.kind for unit in units}):
        rows = [i for i, unit in enumerate(units) if unit.kind == kind]
        places = [place for i in rows if (place := units[i].position) is not None]
        for i, row in zip(rows, roads.table(places, scenes, kind), strict=True):
            ways[i] = row
    return ways


def _driving_s(ways: Sequence[Sequence[Travel | None]], count: int) -> Float64s:
    """float64[units, incidents], NaN where there is no way. count : of incidents"""
    seconds = [[np.nan if way is None else way.duration_s for way in row] for row in ways]
    return np.array(seconds, np.float64).reshape(len(ways), count)


def _turnout_s(units: Sequence[UnitNow], rules: SendRules) -> Float64s:
    return np.array([rules.turnout_s.get(unit.kind, 60.0) for unit in units], np.float64)


def _able(units: Sequence[UnitNow], waiting: Sequence[WaitingNeed]) -> NDArray[np.bool_]:
    """bool[units, incidents]: whether each can do what is needed there; asked once a kind of need."""
    needs = [each.need.needs for each in waiting]
    of_need = {each: [lacks(unit, each) is None for unit in units] for each in set(needs)}
    return np.array([of_need[each] for each in needs], bool).reshape(len(waiting), len(units)).T


def _pairs(
    found: Batch,
    waiting: Sequence[WaitingNeed],
    units: Sequence[UnitNow],
    ways: Sequence[Sequence[Travel | None]],
    arrival_s: Float64s,
) -> list[Pair]:
    """The most urgent first, among equals who is reached soonest."""
    pairs = []
    for j, i in found.assigned.items():
        way = ways[i][j]
        assert way is not None, "only units that can go are assigned"
        pairs.append(Pair(waiting[j].need, units[i], way, float(arrival_s[i, j])))
    return sorted(pairs, key=lambda pair: (pair.need.priority, pair.arrival_s, pair.unit.callsign))
