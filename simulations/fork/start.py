"""The state every future begins at: who is free and where, who serves, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dispatch.policies import destination
from dispatch.policies.fleet import UnitNow, free_and_seen, lacks
from dispatch.policies.whereabouts import metres_between
from dispatch.rules import Rules
from domain.city import City
from domain.values import Needs, Position, Travel
from routing.arrays import Float64s, Int32s
from simulations.fork.beds_now import BedsNow, beds_now
from simulations.fork.cell_ground import KINDS, OUT_OF_SIGHT, CellGround
from simulations.fork.desk_plan import local, plan_of_desk
from simulations.fork.now import Now, Waits
from simulations.lean.columns import NOBODY, Bools, Fleet
from simulations.lean.of_day import NEEDS
from simulations.lean.plan import Plan
from simulations.posts import posts_of

ROUND_ABOUT = 1.3
HOMEWARD_MPS = 10.0
"""From off the map nobody knows the road: as the crow flies and a third more, at 36 km/h."""


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """units : in the order of their callsigns, as `fleet` has them; of those that are on duty, or serve
    cell  : int32[units], where each is
    busy  : bool[units]
    returns_s : float64[units], for those free off the map, until they are home and may be asked; 0 for others
    needs : what may be asked for: of bare priorities first, then of those who wait and are served
    waiting : the most urgent first
    hospital_of : int32[cells, needs], as the live rule says at this moment
    plan     : what the desk goes by
    target_s : by priority
    post     : int32[units], the base where each was told to wait, NOBODY for none; moves: how often so far
    """

    now: Now
    city: City
    ground: CellGround
    units: tuple[UnitNow, ...]
    fleet: Fleet
    cell: Int32s
    busy: Bools
    returns_s: Float64s
    needs: tuple[Needs, ...]
    waiting: tuple[Waits, ...]
    hospital_of: Int32s
    weights: Float64s
    plan: Plan
    beds: BedsNow
    post: Int32s
    moves: Int32s

    @property
    def target_s(self) -> Float64s:
        return self.plan.target_s

    def number(self, callsign: str) -> int:
        """Raises KeyError."""
        for number, unit in enumerate(self.units):
            if unit.callsign == callsign:
                return number
        raise KeyError(callsign)

    def may_go(self, callsign: str) -> bool:
        """Whether it is free and somewhere the futures know."""
        return any(
            unit.callsign == callsign and not self.busy[number] and self.returns_s[number] == 0
            for number, unit in enumerate(self.units)
        )


def start(now: Now, city: City, rules: Rules, ground: CellGround, weights: Sequence[float]) -> Start:
    """Take what is known now apart into columns.

    ground  : whose bases are the city's stations, and its posts after them, and whose hospitals its
              hospitals, in the city's order
    weights : the share of the expected demand in each cell
    """
    units = tuple(sorted((unit for unit in now.units if _counts(unit, now)), key=lambda unit: unit.callsign))
    waiting = tuple(sorted(now.waiting, key=lambda each: (each.priority, each.rang_at, each.incident_id)))
    served = [unit.task for unit in units if unit.task is not None]
    asked = dict.fromkeys([*(each.needs for each in waiting), *(each.needs for each in served)])
    needs = *NEEDS, *(each for each in asked if each not in NEEDS)  # bare ones have their priority's number
    share = np.asarray(weights, np.float64)
    here = local(now.at, city)
    beds = beds_now(now, city, rules.destination, needs, here)
    return Start(
        now=now,
        city=city,
        ground=ground,
        units=units,
        fleet=_fleet(units, now, city, rules, needs),
        cell=ground.cells_of([_place(unit, rules) or city.centre for unit in units]),
        busy=np.array([unit.incident_number is not None for unit in units], np.bool_),
        returns_s=np.array([_returns_s(unit, now) for unit in units], np.float64),
        needs=needs,
        waiting=waiting,
        hospital_of=_hospitals(now, city, rules, ground, needs, here),
        weights=share / share.sum(),
        plan=plan_of_desk(now, city, rules, ground, units, beds.beds),
        beds=beds,
        post=_posts(units, now, city, len(ground.columns.base_spot)),
        moves=np.array([now.moved_up.moves.get(unit.callsign, 0) for unit in units], np.int32),
    )


def _counts(unit: UnitNow, now: Now) -> bool:
    """Kinds that no table has, such as boats, are left out, and who is off the map, at home and away."""
    if unit.kind not in KINDS:
        return False
    if unit.incident_number is not None:
        return True
    if unit.duty != "on_duty" or (unit.position is None and unit.station is None):
        return False
    return unit.position not in now.off_map or (unit.station is not None and unit.station not in now.off_map)


def _place(unit: UnitNow, rules: Rules) -> Position | None:
    """Who is silent and was seen last near its station stands there, as at the live desk."""
    home, last = unit.station, unit.position
    if last is None or (home is not None and metres_between(last, home) <= rules.send.at_station_m):
        return home
    return last


def _returns_s(unit: UnitNow, now: Now) -> float:
    if unit.incident_number is not None or unit.position not in now.off_map:
        return 0.0
    assert unit.position is not None
    assert unit.station is not None, "others do not count"
    return round(ROUND_ABOUT * metres_between(unit.position, unit.station) / HOMEWARD_MPS, 1)


def _fleet(units: Sequence[UnitNow], now: Now, city: City, rules: Rules, needs: Sequence[Needs]) -> Fleet:
    """Who is free and out of sight is asked after all who fit and are in sight."""
    stations = {each.position: number for number, each in enumerate(city.stations)}
    lost = np.array(
        [
            unit.incident_number is None and not free_and_seen(unit, rules.send.stale_after_s, now.at)
            for unit in units
        ],
        np.bool_,
    )
    able = np.array([[lacks(unit, each) is None for each in needs] for unit in units], np.bool_)
    return Fleet(
        kind=np.array([KINDS.index(unit.kind) for unit in units], np.int32)
        + np.where(lost, OUT_OF_SIGHT, 0).astype(np.int32),
        base=np.array([stations.get(unit.station, 0) if unit.station else 0 for unit in units], np.int32),
        able=able.reshape(len(units), len(needs)) & ~lost[:, None],
        carries=np.array([unit.kind == "van" for unit in units], np.bool_),
        turnout_s=np.array([round(rules.send.turnout_s.get(unit.kind, 60.0), 1) for unit in units]),
    )


def _posts(units: Sequence[UnitNow], now: Now, city: City, bases: int) -> Int32s:
    order = {post: number for number, post in enumerate(list(posts_of(city))[:bases])}
    told = now.moved_up.post
    return np.array([order.get(told.get(unit.callsign, ""), NOBODY) for unit in units], np.int32)


def _hospitals(
    now: Now, city: City, rules: Rules, ground: CellGround, needs: Sequence[Needs], here: datetime
) -> Int32s:
    """Where the live rule takes somebody from each cell. What it adds to the drive is the same from
    everywhere, so it is asked once a need, and the drives are in the table."""
    order = {each.id: number for number, each in enumerate(city.hospitals)}
    drive = ground.columns.to_hospital_s
    found = np.full((len(drive), len(needs)), NOBODY, np.int32)
    known = [each for each in now.hospitals if each.hospital_id in order]
    for column, need in enumerate(needs):
        able, others = destination.sift(known, need, here, city.centre)
        ways = [Travel(0.0, 0.0)] * len(able)
        added = np.full(drive.shape[1], np.inf)
        for row in destination.rank(able, ways, others, need, rules.destination, here, city.centre).hospitals:
            added[order[row.hospital_id]] = sum(
                seconds for name, seconds in row.parts.items() if name != "travel"
            )
        scores = drive + added
        best = scores.argmin(axis=1) if drive.shape[1] else np.zeros(len(drive), np.int64)
        reached = np.isfinite(scores.min(axis=1)) if drive.shape[1] else np.zeros(len(drive), np.bool_)
        found[reached, column] = best[reached]
    return found
