"""The state every future begins at: who is free and where, who serves, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.policies import destination
from dispatch.policies.fleet import UnitNow, lacks
from dispatch.rules import Rules
from domain.city import City
from domain.values import Needs, Priority, Travel
from routing.arrays import Float64s, Int32s
from simulations.fork.cell_ground import KINDS, CellGround
from simulations.fork.now import Now, Waits
from simulations.lean.columns import NOBODY, Bools, Fleet
from simulations.lean.of_day import NEEDS, PRIORITIES
from simulations.lean.plan import Plan
from simulations.lean.run import nothing_else


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """units : in the order of their callsigns, as `fleet` has them; of those that are on duty, or serve
    cell  : int32[units], where each is
    busy  : bool[units]
    needs : what may be asked for: of bare priorities first, then of those who wait
    waiting : the most urgent first
    hospital_of : int32[cells, needs]
    target_s : by priority
    plan     : the closest goes, and home between runs
    """

    now: Now
    ground: CellGround
    units: tuple[UnitNow, ...]
    fleet: Fleet
    cell: Int32s
    busy: Bools
    needs: tuple[Needs, ...]
    waiting: tuple[Waits, ...]
    hospital_of: Int32s
    target_s: Float64s
    weights: Float64s
    plan: Plan

    def number(self, callsign: str) -> int:
        """Raises KeyError."""
        for number, unit in enumerate(self.units):
            if unit.callsign == callsign:
                return number
        raise KeyError(callsign)


def start(now: Now, city: City, rules: Rules, ground: CellGround, weights: Sequence[float]) -> Start:
    """Take what is known now apart into columns.

    ground  : whose bases are the city's stations and whose hospitals its hospitals, in the city's order
    weights : the share of the expected demand in each cell
    """
    units = tuple(
        sorted(
            (unit for unit in now.units if _counts(unit)),
            key=lambda unit: unit.callsign,
        )
    )
    waiting = tuple(sorted(now.waiting, key=lambda each: (each.priority, each.rang_at, each.incident_id)))
    asked = dict.fromkeys(each.needs for each in waiting)
    needs = (
        *NEEDS,
        *(each for each in asked if each not in NEEDS),
    )  # the number of a bare need is its priority's
    share = np.asarray(weights, np.float64)
    fleet = _fleet(units, city, rules, needs)
    return Start(
        now=now,
        ground=ground,
        units=units,
        fleet=fleet,
        cell=ground.cells_of([unit.position or unit.station or city.centre for unit in units]),
        busy=np.array([unit.incident_number is not None for unit in units], np.bool_),
        needs=needs,
        waiting=waiting,
        hospital_of=_hospitals(now, city, rules, ground, needs),
        target_s=np.array([float(city.targets.response_s[Priority(each)]) for each in PRIORITIES]),
        weights=share / share.sum(),
        plan=nothing_else(fleet, ground.columns),
    )


def _counts(unit: UnitNow) -> bool:
    """Kinds that no table has, such as boats, are left out."""
    return unit.kind in KINDS and (unit.duty == "on_duty" or unit.incident_number is not None)


def _fleet(units: Sequence[UnitNow], city: City, rules: Rules, needs: Sequence[Needs]) -> Fleet:
    stations = {each.position: number for number, each in enumerate(city.stations)}
    return Fleet(
        kind=np.array([KINDS.index(unit.kind) for unit in units], np.int32),
        base=np.array([stations.get(unit.station, 0) if unit.station else 0 for unit in units], np.int32),
        able=np.array([[lacks(unit, each) is None for each in needs] for unit in units], np.bool_).reshape(
            len(units), len(needs)
        ),
        carries=np.array([unit.kind == "van" for unit in units], np.bool_),
        turnout_s=np.array([round(rules.send.turnout_s.get(unit.kind, 60.0), 1) for unit in units]),
    )


def _hospitals(now: Now, city: City, rules: Rules, ground: CellGround, needs: Sequence[Needs]) -> Int32s:
    """Where the live rule takes somebody from each cell. What it adds to the drive is the same from
    everywhere, so it is asked once a need, and the drives are in the table."""
    order = {each.id: number for number, each in enumerate(city.hospitals)}
    drive = ground.columns.to_hospital_s
    found = np.full((len(drive), len(needs)), NOBODY, np.int32)
    known = [each for each in now.hospitals if each.hospital_id in order]
    for column, need in enumerate(needs):
        able, others = destination.sift(known, need, now.at, city.centre)
        ways = [Travel(0.0, 0.0)] * len(able)
        added = np.full(drive.shape[1], np.inf)
        for row in destination.rank(
            able, ways, others, need, rules.destination, now.at, city.centre
        ).hospitals:
            added[order[row.hospital_id]] = sum(
                seconds for name, seconds in row.parts.items() if name != "travel"
            )
        scores = drive + added
        best = scores.argmin(axis=1) if drive.shape[1] else np.zeros(len(drive), np.int64)
        reached = np.isfinite(scores.min(axis=1)) if drive.shape[1] else np.zeros(len(drive), np.bool_)
        found[reached, column] = best[reached]
    return found
