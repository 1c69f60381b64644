"""Make a scenario ready: roads, crews and hospitals of each course, worked out once for all replications."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from domain.values import Position
from routing.arrays import Int32s
from simulations.city_model.as_city import city_of
from simulations.city_model.faults import Faults
from simulations.city_model.model import CityModel
from simulations.ground.build import CityGround
from simulations.lean.columns import Bools, Fleet, Ground
from simulations.lean.of_day import NEEDS, fleet_of
from simulations.lean.plan import Pace, Plan
from simulations.lean.run import nothing_else
from simulations.scenario.check import faults_on
from simulations.scenario.crews import crews_of, shifts_of
from simulations.scenario.ground import ground_in_states
from simulations.scenario.hospitals import taken_to, with_opened
from simulations.scenario.kept_ground import kept_or_made
from simulations.scenario.models import Standing
from simulations.scenario.read import BadScenario
from simulations.scenario.road_states import Timeline, roads_in, taken_for, timeline
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
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One course, ready to be played.

    roads, hospitals : which state of them holds when, seconds since the first midnight
    needs    : of the live rules; need n in state s of the hospitals has the number s * needs + n
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


def make_ready(scenario: Scenario, standing: Standing, tell: Tell = lambda words: None) -> Stage:
    """Raises BadScenario where the scenario names what the model has not."""
    _check(scenario, standing)
    model = with_opened(standing.model, scenario.changes)
    midnight = datetime.combine(scenario.begins, time(), ZoneInfo(model.timezone))
    begins = midnight - timedelta(hours=scenario.warm_up_hours)
    hurt = list(dict.fromkeys(each.place for each in scenario.changes if isinstance(each, Casualties)))
    places = [*(place.position for place in model.places), *hurt]
    road_states: list[tuple[Change, ...]] = [()]
    hospital_states: list[tuple[Change, ...]] = [()]
    lines = [
        (
            timeline([each for each in its if isinstance(each, Roads | Paper)], road_states),
            timeline(
                [each for each in its if isinstance(each, HospitalsLost | HospitalOpened)], hospital_states
            ),
        )
        for its in (scenario.of(course.id) for course in scenario.courses)
    ]
    tell("road times")
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
        (standing.roads.map_version, *spots, [_said(force) for force in road_states]),
        lambda: ground_in_states(roads_in(standing.roads.road_map, road_states, standing.roads), *spots),
        kinds,
    )
    tell("hospitals and crews")
    late = [each.id for each in model.hospitals if each not in standing.model.hospitals]
    hospital_of = taken_to(city_of(model), standing.rules, ground, begins, hospital_states, late)
    columns, known = ground.columns, taken_for(road_states, len(places))
    reachable: Bools = np.isfinite(columns.to_scene_s[:, columns.base_spot, :].min(axis=(0, 1)))
    return Stage(
        drawn=standing.drawn,
        scenario=scenario,
        model=model,
        begins=begins,
        ground=ground,
        hospital_of=hospital_of,
        reachable=reachable,
        first_places=len(places),
        hurt_at={place: len(model.places) + number for number, place in enumerate(hurt)},
        courses=tuple(
            _ready(scenario, course, model, standing, ground, begins, len(hospital_states), known, *its)
            for course, its in zip(scenario.courses, lines, strict=True)
        ),
    )


def _said(force: tuple[Change, ...]) -> list[tuple[object, ...]]:
    """What a state of the roads is, whenever it comes."""
    return [(each.inside, each.share) if isinstance(each, Roads) else ("paper",) for each in force]


def _check(scenario: Scenario, standing: Standing) -> None:
    faults = Faults()
    for number, field, complaint in faults_on(scenario, standing.model, standing.roads.covers):
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
    hospital_states: int,
    known: Int32s,
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
    fleet = fleet._replace(
        able=np.tile(fleet.able, (1, hospital_states)), turnout_s=np.array(turnout_s, np.float64)
    )
    plan = nothing_else(fleet, ground.columns)._replace(
        shifts=shifts_of(crews.there, callsigns),
        pace=_pace(model, changes, begins, scenario),
        taken_for=known,
    )
    return Ready(course, changes, crews.model, fleet, callsigns, plan, roads, hospitals)


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


NEEDS_OF_RULES: Final = len(NEEDS)
