"""A rival's plan, as columns for the lean path: what the live rules say is asked of them, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dispatch.policies.coverage import reach_of, seconds_of, weights_of
from dispatch.policies.coverage_rules import CoverageRules
from dispatch.policies.destination_rows import confidence
from dispatch.policies.hospital_objections import lacks, lacks_beds
from dispatch.rules import Rules
from domain.city import City
from domain.coverage import CellTimes
from domain.ports import CoverageGrid
from domain.values import Needs, Priority
from routing.arrays import Float64s, Int32s
from simulations.ground.build import CityGround
from simulations.hospitals import ordinary_day
from simulations.lean.columns import Ground
from simulations.lean.of_day import NEEDS
from simulations.lean.plan import (
    ALIKE,
    FREED_GOES_WHERE_MISSED,
    HOME,
    MENDED,
    NOBODY_ELSE,
    POLICY_NAMES,
    Beds,
    Cover,
    Figures,
    MoveUps,
    Pace,
    Plan,
    Shifts,
    always_there,
    everybody_home,
    no_cover,
    steady,
)
from simulations.posts import posts_of
from simulations.rival import Rival
from simulations.sentence import CannotPlay
from simulations.week import turns_of, week_s

HOW = {"home": HOME, "dmexclp": FREED_GOES_WHERE_MISSED, "mended": MENDED}
BY_TIME = "closest"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all rivals share. grid: the cells of the demand, needed by whoever goes by coverage; `on_cells`
    has the ground know them. needs: what patients may need of a hospital, by its number"""

    city: City
    rules: Rules
    ground: CityGround
    begins: datetime
    grid: CoverageGrid | None = None
    needs: tuple[Needs, ...] = NEEDS


def on_cells(ground: CityGround, grid: CoverageGrid) -> Ground:
    """The ground's columns, with the cell of every spot."""
    return ground.columns._replace(cell=np.array(grid.cells_of(ground.positions), np.int32))


def plan_of(rival: Rival, setting: Setting, stay_s: Float64s | None = None) -> Plan:
    """stay_s : float64[incidents], how long each keeps its bed; needed where beds are taken.

    Raises ValueError with a sentence for what this city, its ground or the calls do not have.
    """
    city, rules, ground = setting.city, setting.rules, setting.ground
    cells = rival.move_up != "home" or set(rival.policies.values()) != {BY_TIME}
    if rival.beds and stay_s is None:
        raise CannotPlay(f"{rival.name}: beds are taken, but nobody says how long anybody stays.")
    begins_s = week_s(setting.begins)
    targets = city.targets.response_s
    return Plan(
        policy=np.array([POLICY_NAMES.index(rival.policies[str(each)]) for each in Priority], np.int32),
        target_s=np.array([float(targets[each]) for each in Priority]),
        figures=figures_of(rules),
        cover=_cover(setting, rival) if cells else no_cover(len(ground.kinds), len(city.units)),
        move_up=everybody_home(len(ground.columns.base_spot))
        if rival.move_up == "home"
        else _move_ups(rival, setting),
        shifts=_shifts(rival, city),
        pace=Pace(np.array(rival.pace, np.float64), begins_s) if rival.pace else steady(),
        beds=_beds(rival, setting, stay_s),
    )


def figures_of(rules: Rules) -> Figures:
    said = rules.policy
    return Figures(
        als_kept=said.als_kept,
        cover_kept=said.cover_kept,
        kept=np.array([str(each) in said.kept_from for each in Priority], np.bool_),
        seconds_a_percent=said.seconds_a_percent,
        late_by_cover=said.when_late == "least_cover",
        soonest=np.array([str(each) in said.soonest_for for each in Priority], np.bool_),
        contribution=np.array(said.preparedness.contribution, np.float64),
        nearest_s=float(said.preparedness.nearest_s),
    )


def _times(setting: Setting, rival: Rival) -> Mapping[str, CellTimes]:
    times = None if setting.grid is None else setting.grid.times
    if times is None:
        raise CannotPlay(f"{rival.name} goes by coverage, but the cells of the demand are not known.")
    return times


def _cover(setting: Setting, rival: Rival) -> Cover:
    times, rules, kinds = _times(setting, rival), setting.rules.coverage, setting.ground.kinds
    units = sorted(setting.city.units, key=lambda unit: unit.callsign)
    return cover_of(
        [times[kind] for kind in kinds],
        [kind in rules.kinds for kind in kinds],
        ["ALS" in unit.capabilities for unit in units],
        rules,
    )


def cover_of(
    times: Sequence[CellTimes], counts: Sequence[bool], als: Sequence[bool], rules: CoverageRules
) -> Cover:
    """times, counts : of each kind, the road times between the cells and whether it counts
    als : of each unit
    """
    weight = weights_of(times[0].cells)
    cells, q = len(weight), rules.busy_fraction
    first, reached, begin = np.zeros((len(times), cells + 1), np.int64), [np.zeros(0, np.int32)], 0
    seconds = np.zeros((len(times), cells, cells), np.uint16)
    for number, each in enumerate(times):
        reach = reach_of(each, rules.limit_s)
        first[number] = begin + reach.indptr
        reached.append(reach.indices.astype(np.int32))
        begin += len(reach.indices)
        seconds[number] = seconds_of(each)
    return Cover(
        first=first,
        reached=np.concatenate(reached),
        counts=np.array(counts, np.bool_),
        als=np.array(als, np.bool_),
        weight=weight,
        spare=weight * (1 - q),
        busy_power=q ** np.arange(len(als) + 1, dtype=np.float64),
        seconds=seconds,
    )


def _move_ups(rival: Rival, setting: Setting) -> MoveUps:
    _times(setting, rival)
    assert setting.grid is not None, "it has times"
    said, ground = setting.rules.move_up, setting.ground
    places = [ground.positions[spot] for spot in ground.columns.base_spot.tolist()]
    return MoveUps(
        how=HOW[rival.move_up],
        least_gain=float(said.least_gain),
        longest_s=float(said.longest_s),
        most_moves=said.most_moves,
        most=said.most,
        post_cell=np.array(setting.grid.cells_of(places), np.int32),
        by_name=ranked(list(posts_of(setting.city))[: len(places)]),
    )


def _shifts(rival: Rival, city: City) -> Shifts:
    units = sorted(unit.callsign for unit in city.units)
    strange = sorted(set(rival.shifts) - set(units))
    if strange:
        raise CannotPlay(f"{rival.name}: the city has no unit {strange[0]}.")
    if not rival.shifts:
        return always_there(len(units))
    each = [list(rival.shifts.get(callsign, [(0.0, np.inf)])) for callsign in units]
    most = max(1, *(len(shifts) for shifts in each))
    on_s = np.full((len(units), most), np.inf)
    off_s = on_s.copy()
    for unit, shifts in enumerate(each):
        for number, (begins_s, ends_s) in enumerate(shifts):
            on_s[unit, number], off_s[unit, number] = begins_s, ends_s
    return Shifts(on_s, off_s, np.array(turns_of(rival), np.float64))


def _beds(rival: Rival, setting: Setting, stay_s: Float64s | None) -> Beds:
    city, said, needs = setting.city, setting.rules.destination, setting.needs
    hospitals = ordinary_day(city)
    named = {*rival.doors, *rival.stays, *rival.taken}
    strange = sorted(named - {each.hospital_id for each in hospitals})
    if strange:
        raise CannotPlay(f"{rival.name}: the city has no hospital {strange[0]}.")
    kinds = sorted(
        {kind for each in hospitals for kind in each.beds} | {str(each.bed_kind) for each in needs}
    )
    staffed = np.array(
        [[each.beds[kind].staffed if kind in each.beds else 0 for kind in kinds] for each in hospitals],
        np.int32,
    ).reshape(len(hospitals), len(kinds))
    able = np.array(
        [
            [not lacks(each, its, setting.begins) and not lacks_beds(each, its) for each in hospitals]
            for its in needs
        ],
        np.bool_,
    )
    kind = np.array([kinds.index(str(its.bed_kind)) for its in needs], np.int32)
    asked = rival.beds or bool(rival.pace)
    if asked and not all((able[need] & (staffed[:, kind[need]] > 0)).any() for need in range(len(needs))):
        raise CannotPlay(f"{rival.name}: no hospital of {city.id} staffs the beds that patients want.")
    return Beds(
        asked=asked,
        held=rival.beds,
        able=able,
        kind=kind,
        staffed=staffed,
        by_name=ranked([each.hospital_id for each in hospitals]),
        age_s=np.full(able.shape, round((1 - confidence(None, said, setting.begins)) * said.doubt_s, 1)),
        scarce_beds=said.scarce_beds,
        scarce_s=float(said.scarce_s),
        waiting_s=float(said.waiting_s),
        inbound_s=float(said.inbound_s),
        stay_s=np.zeros(0) if stay_s is None else stay_s,
        door=np.array([rival.doors.get(each.hospital_id, 1.0) for each in hospitals], np.float64),
        taken=np.array(
            [[rival.taken.get(each.hospital_id, {}).get(kind, 0) for kind in kinds] for each in hospitals],
            np.int32,
        ).reshape(staffed.shape)
        if rival.taken
        else NOBODY_ELSE,
        stays=np.array([rival.stays.get(each.hospital_id, 1.0) for each in hospitals], np.float64)
        if rival.stays
        else ALIKE,
    )


def ranked(names: Sequence[str]) -> Int32s:
    """Each one's place in the order of their names."""
    found = np.empty(len(names), np.int32)
    found[np.array(sorted(range(len(names)), key=lambda number: names[number]), np.int64)] = np.arange(
        len(names)
    )
    return found
