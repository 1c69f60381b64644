"""Recorded calls played by a city model, many times over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from dispatch.rules import Rules
from domain.ports import CoverageGrid
from domain.values import Position
from routing.arrays import Float64s, Int32s
from simulations.calibration.recorded import Recorded
from simulations.calibration.stretches import Columns, of_recorded, of_simulated
from simulations.chance import generator
from simulations.city_model.as_city import city_of, rules_of
from simulations.city_model.as_rival import rival_in
from simulations.city_model.model import PRIORITIES, CityModel
from simulations.experiment.inputs import WardShape
from simulations.ground.build import StillRoads, build_ground
from simulations.lean.columns import Incidents
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.lean.run import simulate
from simulations.rival import Rival, everywhere

Wards = Callable[[Sequence[Position]], tuple[list[WardShape], list[int]]]
Grid = Callable[[], CoverageGrid]
AS_THE_CITY_HAS_IT = "rules"


@dataclass(frozen=True, slots=True)
class Asked:
    """policy : who is sent, by a policy's name, or "rules" for what the city's rules say"""

    replications: int = 20
    seed: int = 115
    policy: str = AS_THE_CITY_HAS_IT


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Both sides, call by call, in the order in which they rang.

    recorded  : float64[calls] by name of the stretch; simulated: float64[replications, calls]
    priority, place : int32[calls]
    wards, ward_of : shapes, and of each place the number of its ward, -1 for none
    targets_s : by priority
    on_duty   : whether crews were on duty as the record says; strangers: those that the model has not
    drawn     : whether the streets exist nowhere
    """

    of: Recorded
    model: CityModel
    asked: Asked
    recorded: Columns
    simulated: Columns
    priority: Int32s
    place: Int32s
    positions: tuple[Position, ...]
    wards: Sequence[WardShape]
    ward_of: Sequence[int]
    targets_s: Sequence[float]
    on_duty: bool
    strangers: int
    map_version: str
    drawn: bool = False

    @property
    def hour_of_day(self) -> Int32s:
        at = [call.rang_at.astimezone(self.of.begins.tzinfo).hour for call in self.of.calls]
        return np.array(at, np.int32)


def judge(
    recorded: Recorded,
    model: CityModel,
    rules: Rules,
    roads: StillRoads,
    make_grid: Grid,
    wards: Wards,
    asked: Asked | None = None,
    drawn: bool = False,
    tell: Callable[[str, float], None] = lambda stage, share: None,
) -> Judged:
    """make_grid : the cells of the demand, for who is sent by coverage. Raises ValueError with a sentence."""
    asked = asked or Asked()
    city, rules = city_of(model), rules_of(model, rules)
    priority = np.array([PRIORITIES.index(call.priority) for call in recorded.calls], np.int32)
    lacks = sorted({PRIORITIES[each] for each in priority.tolist()} - set(model.times))
    if lacks:
        raise ValueError(f"{model.id} says nothing of {lacks[0]}, which the record has.")
    scenes = list(dict.fromkeys(call.position for call in recorded.calls))
    number = {scene: i for i, scene in enumerate(scenes)}
    place = np.array([number[call.position] for call in recorded.calls], np.int32)
    tell("road times", 0.05)
    ground = build_ground(
        roads,
        scenes,
        [each.position for each in model.hospitals],
        [each.position for each in model.stations],
        list(dict.fromkeys(unit.kind for unit in model.units)),
    )
    policies = rules.policy.by_priority() if asked.policy == AS_THE_CITY_HAS_IT else everywhere(asked.policy)
    grid = None if set(policies.values()) == {"closest"} else make_grid()
    columns = ground.columns if grid is None else on_cells(ground, grid)
    ground = replace(ground, columns=columns)
    shifts = shifts_of(recorded, model)
    does = rival_in(model, Rival("as it was", policies, shifts=shifts), recorded.begins, recorded.hours)
    plan = plan_of(does, Setting(city, rules, ground, recorded.begins, grid))
    fleet, _ = fleet_of(city, rules.send, ground)
    hospitals = hospital_of(city, rules, ground, recorded.begins)
    targets_s = [float(model.target_s[each]) for each in PRIORITIES]
    rows: list[Columns] = []
    for replication in range(asked.replications):
        tell(f"{replication} of {asked.replications}", 0.5 + 0.5 * replication / asked.replications)
        incidents, order = drawn_around(recorded, model, priority, place, asked.seed, replication)
        outcome = simulate(incidents, fleet, ground.columns, hospitals, plan)
        its, _ = of_simulated(incidents, outcome.served, fleet, targets_s)
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        rows.append({name: column[back] for name, column in its.items()})
    shapes, ward_of = wards(scenes)
    known = {unit.callsign for unit in model.units}
    return Judged(
        of=recorded,
        model=model,
        asked=asked,
        recorded=of_recorded(recorded, priority, targets_s),
        simulated={name: np.stack([row[name] for row in rows]) for name in rows[0]},
        priority=priority,
        place=place,
        positions=tuple(scenes),
        wards=shapes,
        ward_of=ward_of,
        targets_s=targets_s,
        on_duty=bool(shifts),
        strangers=len(set(recorded.duty) - known),
        map_version=ground.map_version,
        drawn=drawn,
    )


def drawn_around(
    recorded: Recorded, model: CityModel, priority: Int32s, place: Int32s, seed: int, replication: int
) -> tuple[Incidents, np.ndarray]:
    """The calls as they rang, with what the model draws for each; in the order in which they are opened, and
    the number of each one's call."""
    count = len(recorded.calls)
    even = {
        source: generator(seed, replication, f"{source} of recorded calls").random(count)
        for source in ("decide", "scene", "transported", "handover", "clear")
    }

    def of(name: str) -> Float64s:
        seconds = np.zeros(count)
        for number, each in enumerate(PRIORITIES):
            mine = priority == number
            if mine.any():
                seconds[mine] = getattr(model.times[each], name).of(even[name][mine])
        return seconds

    rang_s = np.round([recorded.seconds(call.rang_at) for call in recorded.calls], 1)
    opened_s = rang_s + of("decide")
    share = np.array([model.transported.get(each, 0.0) for each in PRIORITIES])[priority]
    order = np.argsort(opened_s, kind="stable")
    incidents = Incidents(
        rang_s=rang_s[order],
        opened_s=opened_s[order],
        place=place[order],
        priority=priority[order],
        need=priority[order],
        scene_s=of("scene")[order],
        transports=(even["transported"] < share)[order],
        handover_s=of("handover")[order],
        clear_s=of("clear")[order],
    )
    return incidents, order


def shifts_of(recorded: Recorded, model: CityModel) -> Mapping[str, Sequence[tuple[float, float]]]:
    """When each crew of the model was on duty by the record; nothing where the record knows none of them:
    then the model's shifts stand."""
    ours = {unit.callsign for unit in model.units}
    if not ours & set(recorded.duty):
        return {}
    ends = recorded.begins + timedelta(hours=recorded.hours + 24)
    found: dict[str, list[tuple[float, float]]] = {}
    for callsign in sorted(ours):
        spells = recorded.duty.get(callsign, ())
        found[callsign] = [
            _spell(recorded, begins, finish)
            for begins, finish in spells
            if _lasts(recorded, begins, finish, ends)
        ]
    return found


def _lasts(recorded: Recorded, begins: datetime, finish: datetime | None, ends: datetime) -> bool:
    return begins < ends and (finish is None or finish > recorded.begins)


def _spell(recorded: Recorded, begins: datetime, finish: datetime | None) -> tuple[float, float]:
    until_s = float("inf") if finish is None else recorded.seconds(finish)
    return max(0.0, recorded.seconds(begins)), until_s
