"""Make a scenario ready: roads, crews and hospitals of each course, worked out once for all replications."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from domain.ports import CoverageGrid
from domain.values import Needs, Position
from routing.areas.grid import RoadGrid
from routing.arrays import Int32s
from simulations.city_model.as_city import city_of
from simulations.city_model.as_rival import stays_of, taken_of
from simulations.city_model.faults import Faults
from simulations.city_model.model import CityModel
from simulations.ground.build import CityGround
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.of_day import NEEDS, fleet_of
from simulations.lean.plan import Pace, Plan
from simulations.lean.plan_of import Setting, on_cells, plan_of
from simulations.rival import Rival, everywhere
from simulations.scenario.check import faults_on
from simulations.scenario.crews import crews_of, shifts_of
from simulations.scenario.ground import ground_in_states
from simulations.scenario.hospitals import needs_of, taken_to, there_in, with_opened
from simulations.scenario.kept_ground import kept_or_made
from simulations.scenario.models import Standing
from simulations.scenario.read import AS_THE_CITY_HAS_IT, BadScenario
from simulations.scenario.road_states import Timeline, roads_in, taken_for, timeline, touches
from simulations.scenario.scenario import (
    Casualties,
    Change,
    Course,
    HospitalOpened,
    HospitalsLost,
    Paper,
    Roads,
    Scenario,
    Travel,
)

GRID_M: Final = 300.0
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One course, ready to be played.

    roads, hospitals : which state of them holds when, seconds since the first midnight
    Need n in state s of the hospitals has the number s * needs + n, of the needs of `hospitals.needs_of`.
    """

    course: Course
    changes: tuple[Change, ...]
    model: CityModel
    fleet: Fleet
    callsigns: tuple[str, ...]
    plan: Plan
    roads: Timeline
    hospitals: Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """hospital_of : int32[places, needs], of all states
    reachable : bool[places], whether any street leads there from any base
    first_places : how many places there are in one state of the roads
    """

    scenario: Scenario
    model: CityModel
    begins: datetime
    ground: CityGround
    hospital_of: np.ndarray
    reachable: Bools
    first_places: int
    hurt_at: dict[Position, int]
    courses: tuple[Ready, ...]
    drawn: bool = False
    """Whether the streets exist nowhere."""

    @property
    def columns(self) -> Ground:
        return self.ground.columns

    @property
    def warm_up_s(self) -> float:
        return self.scenario.warm_up_s

    @property
    def hours(self) -> float:
        """With the warm-up."""
        return self.scenario.warm_up_hours + self.scenario.days * 24.0


def make_ready(scenario: Scenario, standing: Standing, tell: Tell = lambda words, share: None) -> Stage:
    """Raises BadScenario where the scenario names what the model has not."""
    insist_on_model(scenario, standing)
    model = with_opened(standing.model, scenario.changes)
    begins = begins_of(scenario, model)
    hurt = hurt_at(scenario)
    places = [*(place.position for place in model.places), *hurt]
    lines, road_states, hospital_states = timelines(scenario)
    tell("road times", 0.0)
    kinds = sorted({unit.kind for unit in model.units}, reverse=True)
    spots = (
        places,
        [each.position for each in model.hospitals],
        [each.position for each in model.stations],
        kinds,
        GRID_M,
    )
    ground = kept_or_made(
        standing.map_folder,
        standing.roads,
        (*spots, [_said(force) for force in road_states]),
        lambda: ground_in_states(
            roads_in(standing.roads.road_map, road_states, standing.roads),
            *spots,
            lambda share: tell("road times", share),
        ),
        kinds,
    )
    tell("hospitals and crews", 0.0)
    grid = grid_for(scenario, standing)
    if grid is not None:
        ground = replace(ground, columns=on_cells(ground, grid))
    late = [each.id for each in model.hospitals if each not in standing.model.hospitals]
    hospital_of = taken_to(
        city_of(model), standing.rules, ground, begins, hospital_states, late, needs_of(scenario)
    )
    open_hospitals = there_in(model, hospital_states, late)
    known = taken_for(road_states, len(places))
    return Stage(
        drawn=standing.drawn,
        scenario=scenario,
        model=model,
        begins=begins,
        ground=ground,
        hospital_of=hospital_of,
        reachable=reachable(ground.columns),
        first_places=len(places),
        hurt_at={place: len(model.places) + number for number, place in enumerate(hurt)},
        courses=tuple(
            _ready(scenario, course, model, standing, ground, begins, open_hospitals, known, grid, *its)
            for course, its in zip(scenario.courses, lines, strict=True)
        ),
    )


States = list[tuple[Change, ...]]


def timelines(scenario: Scenario) -> tuple[list[tuple[Timeline, Timeline]], States, States]:
    """Of each course which state of the roads and of the hospitals holds when, and what these states are."""
    road_states: States = [()]
    hospital_states: States = [()]
    lines = [
        (
            timeline([each for each in its if isinstance(each, Roads | Paper)], road_states),
            timeline(
                [each for each in its if isinstance(each, HospitalsLost | HospitalOpened)], hospital_states
            ),
        )
        for its in (scenario.of(course.id) for course in scenario.courses)
    ]
    return lines, road_states, hospital_states


def begins_of(scenario: Scenario, model: CityModel) -> datetime:
    """With the warm-up, before the first midnight."""
    midnight = datetime.combine(scenario.begins, time(), ZoneInfo(model.timezone))
    return midnight - timedelta(hours=scenario.warm_up_hours)


def hurt_at(scenario: Scenario) -> list[Position]:
    """Where many are hurt at once: places behind those of the model."""
    return list(dict.fromkeys(each.place for each in scenario.changes if isinstance(each, Casualties)))


def reachable(columns: Ground) -> Bools:
    """bool[places], whether any street leads there from any base."""
    found: Bools = np.isfinite(columns.to_scene_s[:, columns.base_spot, :].min(axis=(0, 1)))
    return found


def _said(force: tuple[Change, ...]) -> list[tuple[object, ...]]:
    """What a state of the roads is, whenever it comes."""
    return [(each.inside, each.share) if isinstance(each, Roads) else ("paper",) for each in force]


def insist_on_model(scenario: Scenario, standing: Standing) -> None:
    """Raises BadScenario with everything the scenario names that the model or the map has not."""
    faults = Faults()
    on_map = standing.roads.covers, partial(touches, standing.roads.road_map)
    for number, field, complaint in faults_on(scenario, standing.model, *on_map):
        where = scenario.lines.get(f"change.{number}.{field}", scenario.lines.get(f"change.{number}"))
        faults.say(f"{scenario.id}.toml", where, f"'{field}' {complaint}")
    if faults.sentences:
        raise BadScenario(faults.sentences)


def _ready(
    scenario: Scenario,
    course: Course,
    model: CityModel,
    standing: Standing,
    ground: CityGround,
    begins: datetime,
    open_hospitals: NDArray[np.bool_],
    known: Int32s,
    grid: CoverageGrid | None,
    roads: Timeline,
    hospitals: Timeline,
) -> Ready:
    changes = scenario.of(course.id)
    hours = scenario.warm_up_hours + scenario.days * 24.0
    crews = crews_of(model, changes, begins, scenario.warm_up_s, hours)
    fleet, callsigns = fleet_of(city_of(crews.model), standing.rules.send, ground)
    turnout_s = [
        crews.turnout_s.get(callsign, fleet.turnout_s[number]) for number, callsign in enumerate(callsigns)
    ]
    hospital_states = len(open_hospitals)
    fleet = fleet._replace(
        able=np.tile(fleet.able, (1, hospital_states * len(needs_of(scenario)) // len(NEEDS))),
        turnout_s=np.array(turnout_s, np.float64),
    )
    plan = _plan(course, crews.model, standing, ground, begins, grid, needs_of(scenario))
    plan = plan._replace(
        shifts=shifts_of(crews.there, callsigns),
        pace=_pace(model, changes, begins, scenario),
        taken_for=known,
        beds=plan.beds._replace(
            able=np.concatenate([plan.beds.able & there for there in open_hospitals]),
            kind=np.tile(plan.beds.kind, hospital_states),
            age_s=np.tile(plan.beds.age_s, (hospital_states, 1)),
        ),
    )
    return Ready(course, changes, crews.model, fleet, callsigns, plan, roads, hospitals)


def _plan(
    course: Course,
    model: CityModel,
    standing: Standing,
    ground: CityGround,
    begins: datetime,
    grid: CoverageGrid | None,
    needs: tuple[Needs, ...],
) -> Plan:
    """A hospital that opens only in the scenario opens empty.

    Raises ValueError where nobody has the beds that patients want.
    """
    rules = standing.rules
    doors = {each.id: each.handover_factor for each in model.hospitals if each.handover_factor != 1.0}
    policies = (
        rules.policy.by_priority() if course.policy == AS_THE_CITY_HAS_IT else everywhere(course.policy)
    )
    does = Rival(
        course.id,
        policies,
        course.move_up,
        beds=course.beds,
        doors=doors,
        stays=stays_of(model),
        taken=taken_of(standing.model),
    )
    setting = Setting(city_of(model), rules, ground, begins, grid, needs)
    return plan_of(does, setting, np.zeros(0) if course.beds else None)


def grid_for(scenario: Scenario, standing: Standing) -> RoadGrid | None:
    """The cells of the demand, where some course goes by coverage."""
    if all(each.policy == "closest" and each.move_up == "home" for each in scenario.courses):
        return None
    grid = RoadGrid(standing.roads.still)
    grid.renew(standing.rules.coverage.shrink_calls)
    return grid


def _pace(model: CityModel, changes: tuple[Change, ...], begins: datetime, scenario: Scenario) -> Pace:
    """Hour by hour from the hour in which the warm-up begins; what a change says counts for whole hours."""
    hours = int(scenario.warm_up_hours + scenario.days * 24 + 48)
    first = begins.weekday() * 24 + begins.hour
    multiple = np.array([model.pace[(first + hour) % 168] for hour in range(hours)])
    at_s = np.arange(hours) * 3600.0 - scenario.warm_up_s
    for change in changes:
        if isinstance(change, Travel):
            for begin, end in change.spells:
                multiple[(at_s >= begin) & (at_s < end)] *= change.factor
    return Pace(multiple, 0.0)
