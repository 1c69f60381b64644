"""Where the next stations should go: first guesses by formulas, carried on and judged by simulation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from dispatch.rules import Rules
from domain.city import City
from domain.ports import Roads
from domain.values import UnitKind
from routing.arrays import Int64s
from simulations.city_model.as_rival import rival_in
from simulations.city_model.model import CityModel
from simulations.ground.build import CityGround, build_ground
from simulations.lean.columns import Fleet
from simulations.lean.of_day import fleet_of, hospital_of
from simulations.lean.plan import Plan
from simulations.lean.plan_of import Setting, plan_of
from simulations.planning.doubt import Doubt, doubt
from simulations.planning.layout import Layout, Site, lay_out
from simulations.planning.mclp import covered, most_covered
from simulations.planning.mexclp import place_vehicles
from simulations.planning.nights import HOURS, Told, nights_of
from simulations.planning.p_median import mean_s, shortest_ways
from simulations.planning.placed import moved_vans, on_map, with_stations
from simulations.planning.question import Answer, Question, all_open
from simulations.planning.search import Found, search
from simulations.rival import Rival as WhatItDoes
from simulations.statistics.intervals import Difference, Interval, difference, mean_of

MODELS = ("mclp", "p-median")
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """more   : stations to open
    within_s : turnout and drive within which a scene counts as covered
    vans_each: vans that come with each new station; 0: those that are there are spread anew
    model    : one of MODELS, whose sites are taken
    tries    : fleets that the local search may try; 0 for none
    """

    more: int
    within_s: float
    vans_each: int = 1
    model: str = "mclp"
    nights: int = 20
    tries: int = 60
    seed: int = 115
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What a model says. covered, mean_s : by the formulas, of all that would stand"""

    model: str
    answer: Answer
    covered: float
    mean_s: float


@dataclass(frozen=True, slots=True)
class Rival:
    """vans : at each station that has any; late, mean_s, homeward_km : over nights that nobody searched on;
    gain : in the share that is late, this one less what is there now; slower: in the mean response
    by_search : in the share that is late, after the search less before it
    """

    name: str
    vans: dict[str, int]
    late: Interval
    mean_s: Interval
    homeward_km: Interval
    gain: Difference | None
    slower: Difference | None
    by_search: Difference | None = None


@dataclass(frozen=True, slots=True)
class StationPlan:
    """drawn : the town is, so that nobody's map data is shown"""

    asked: Asked
    layout: Layout
    covered_now: float
    mean_s_now: float
    choices: tuple[Choice, ...]
    opened: tuple[Site, ...]
    rivals: tuple[Rival, ...]
    found: Found | None
    doubt: Doubt | None
    drawn: bool = False


def plan_stations(
    city: City,
    rules: Rules,
    roads: Roads,
    model: CityModel,
    candidates: Sequence[Site],
    begins: datetime,
    asked: Asked,
    tell: Tell = lambda stage, share: None,
) -> StationPlan:
    """Raises ValueError with a sentence."""
    tell("road times", 0.0)
    layout = lay_out(city, rules, roads, model, candidates)
    question, of_means = layout.question(asked.more), layout.question_of_means(asked.more)
    tell("location models", 0.0)
    choices = tuple(_choice(name, question, of_means, asked.within_s) for name in MODELS)
    chosen = next(each for each in choices if each.model == asked.model)
    opened = tuple(layout.sites[number] for number in chosen.answer.opened)
    now = on_map(city, roads)
    later = with_stations(now, opened, asked.vans_each)
    tell("ground", 0.0)
    ground = build_ground(
        roads,
        layout.places,
        [each.position for each in later.hospitals],
        [each.position for each in later.stations],
        list(dict.fromkeys(str(unit.kind) for unit in later.units)),
    )
    tell("simulation", 0.0)
    rivals, found = _simulated(now, later, rules, model, layout, ground, begins, asked, tell)
    stands = question.open
    return StationPlan(
        asked,
        layout,
        covered(question, stands, asked.within_s) if stands.any() else 0.0,
        mean_s(of_means, stands) if stands.any() else np.inf,
        choices,
        opened,
        rivals,
        found,
        _doubt(layout, chosen, asked, tell) if asked.doubts else None,
    )


def _choice(name: str, question: Question, of_means: Question, within_s: float) -> Choice:
    answer = most_covered(question, within_s) if name == "mclp" else shortest_ways(of_means)
    whole = all_open(question, answer.opened)
    return Choice(name, answer, covered(question, whole, within_s), mean_s(of_means, whole))


def _doubt(layout: Layout, chosen: Choice, asked: Asked, tell: Tell) -> Doubt:
    by_mclp = chosen.model == "mclp"
    return doubt(
        layout.question(asked.more) if by_mclp else layout.question_of_means(asked.more),
        chosen.answer,
        asked.within_s,
        places=len(layout.places),
        solve=None if by_mclp else shortest_ways,
        tell=lambda share: tell("asked again", share),
        times=asked.doubts,
        seed=asked.seed,
    )


def _simulated(
    now: City,
    later: City,
    rules: Rules,
    model: CityModel,
    layout: Layout,
    ground: CityGround,
    begins: datetime,
    asked: Asked,
    tell: Tell,
) -> tuple[tuple[Rival, ...], Found | None]:
    # Both cities have the same bases, so that their columns are numbered alike.
    now = replace(now, stations=later.stations)
    model = _on_layout(model, layout)
    hospital = hospital_of(later, rules, ground, begins)
    searched = nights_of(model, begins, ground.columns, hospital, asked.seed, asked.nights)
    judged = nights_of(model, begins, ground.columns, hospital, asked.seed + 1, asked.nights)
    today, _ = fleet_of(now, rules.send, ground)
    fleets = {"now": (today, now)}
    plans = [_plan(model, each, rules, ground, begins) for each in (now, later)]
    searched = replace(searched, plan=plans[0])
    if asked.vans_each == 0:
        busy = searched.busy(today, today.carries)  # as the simulation has it, and not as anybody guesses
        later = moved_vans(later, _spread(later, layout, rules, asked.within_s, busy))
    fleet, callsigns = fleet_of(later, rules.send, ground)
    fleets["formula"] = (fleet, later)
    found = None
    if asked.tries > 0:
        kinds = {unit.callsign: unit.kind for unit in later.units}
        movable = [number for number, sign in enumerate(callsigns) if kinds[sign] == UnitKind.VAN]
        found = search(
            replace(searched, plan=plans[1]),
            fleet,
            movable,
            range(len(later.stations)),
            asked.tries,
            lambda share: tell("local search", share),
        )
        fleets["search"] = (fleet._replace(base=found.base), later)
    tell("judged on other nights", 0.0)
    told = {
        name: replace(judged, plan=plans[name != "now"]).under(each) for name, (each, _) in fleets.items()
    }
    return tuple(_rival(name, each, city, told) for name, (each, city) in fleets.items()), found


def _plan(model: CityModel, city: City, rules: Rules, ground: CityGround, begins: datetime) -> Plan:
    """Shifts, pace of travel and doors of the model; the closest unit is sent and drives home."""
    does = rival_in(model, WhatItDoes(), begins, HOURS)
    there = {unit.callsign for unit in city.units}
    does = replace(does, shifts={unit: its for unit, its in does.shifts.items() if unit in there})
    return plan_of(does, Setting(city, rules, ground, begins))


def _rival(name: str, fleet: Fleet, city: City, all_told: Mapping[str, Told]) -> Rival:
    told, now = all_told[name], all_told["now"]
    vans = np.bincount(fleet.base[fleet.carries], minlength=len(city.stations))
    return Rival(
        name,
        {station.id: int(count) for station, count in zip(city.stations, vans, strict=True) if count},
        mean_of(told.late.tolist()),
        mean_of(told.mean_s.tolist()),
        mean_of(told.homeward_km.tolist()),
        None if name == "now" else difference(now.late.tolist(), told.late.tolist()),
        None if name == "now" else difference(now.mean_s.tolist(), told.mean_s.tolist()),
        difference(all_told["formula"].late.tolist(), told.late.tolist()) if name == "search" else None,
    )


def _spread(city: City, layout: Layout, rules: Rules, within_s: float, busy: float) -> Int64s:
    """How many of its vans at each station, by MEXCLP."""
    number = {site.id: i for i, site in enumerate(layout.sites)}
    rows = [number[station.id] for station in city.stations]
    vans = sum(unit.kind == UnitKind.VAN for unit in city.units)
    at_mean = layout.question_of_means(0)
    found, _ = place_vehicles(at_mean.weight, at_mean.seconds[rows] <= within_s, vans, busy)
    return found


def _on_layout(model: CityModel, layout: Layout) -> CityModel:
    """Calls come from the places that are laid out, and no more of them than before."""
    kept = set(layout.places)
    share = 1 - layout.unreached
    return replace(
        model,
        places=tuple(place for place in model.places if place.position in kept),
        kinds=tuple(replace(kind, rates=tuple(share * rate for rate in kind.rates)) for kind in model.kinds),
    )
