"""From what somebody asks for at the console to the order that a process of its own carries out.

All that can be judged without the roads is judged here, in both languages, before anybody waits for it.
"""

from datetime import datetime
from pathlib import Path

from api.planning import limits
from api.planning.choices import AS_THE_CITY_HAS_IT
from api.planning.errors import (
    BadBegins,
    KindNotInCity,
    NobodyLeft,
    NoDemand,
    NowSaysIt,
    QuestionWanted,
    RivalNamedTwice,
    RivalsWanted,
    ScenarioSaysIt,
    SourceSaysIt,
    StationNotInCity,
    TooManyHours,
    TooManyReplications,
    TooManyRivals,
    TooMuchSimulated,
    UnitNotInCity,
    UnknownMoveUpRule,
    UnknownSimulatedPolicy,
)
from api.planning.shelf import Shelf
from api.schema.simulations import NewSimulation, RivalAsked
from domain.city import City
from domain.errors import Refused
from domain.policy_book import POLICIES
from simulations.asked.order import Order
from simulations.experiment.experiment import Experiment, Rival
from simulations.rival import MOVE_UPS

USUAL_BEGINS = "2026-03-02T00:00"
USUAL_HOURS, USUAL_HOURS_NOW, USUAL_WARM_UP = 24.0, 2.0, 6.0
USUAL_REPLICATIONS, USUAL_SEED = 20, 115
FIRST_YEAR, LAST_YEAR = 2000, 2199
KEY = "signing-key.pem"
OF_THE_DESK = "without", "more", "turnout_s", "beds", "takers", "lines"
"""Of a rival that carries on the live state: these are as they are."""


def order_of(asked: NewSimulation, city: City, shelf: Shelf) -> Order:
    """Raises one of `errors.STATUS`."""
    replications = asked.replications
    if replications is not None and replications > limits.REPLICATIONS:
        raise TooManyReplications(field="replications", most=limits.REPLICATIONS, said=replications)
    if asked.source in ("city", "scenario") and not shelf.demand_said:
        raise NoDemand(field="source", city=city.id)
    if asked.source == "scenario":
        return _of_scenario(asked, city, shelf)
    _leave_out(asked, ("scenario",) if asked.source == "model" else ("model", "scenario"), SourceSaysIt)
    if not asked.question:
        raise QuestionWanted(field="question")
    if asked.source == "now":
        _leave_out(asked, ("begins", "warm_up_hours"), NowSaysIt)
        for number, rival in enumerate(asked.rivals):
            _leave_out(rival, OF_THE_DESK, NowSaysIt, f"rivals.{number}.")
    return _of_rivals(asked, city, shelf)


def _of_rivals(asked: NewSimulation, city: City, shelf: Shelf) -> Order:
    model, whose = shelf.model(asked.model) if asked.source == "model" else (None, city)
    from_now = asked.source == "now"
    most = limits.HOURS_NOW if from_now else limits.HOURS
    hours = asked.hours or (USUAL_HOURS_NOW if from_now else USUAL_HOURS)
    if hours > most:
        raise TooManyHours(field="hours", most=most, said=hours)
    warm_up = 0.0 if from_now else USUAL_WARM_UP if asked.warm_up_hours is None else asked.warm_up_hours
    replications = asked.replications or USUAL_REPLICATIONS
    _insist_on_rivals(asked.rivals, whose)
    _insist_on_size(len(asked.rivals), replications, hours + warm_up)
    experiment = Experiment(
        question=asked.question,
        city=city.id,
        rivals=tuple(_rival(each) for each in asked.rivals),
        days="model",
        begins=_begins(asked.begins),
        hours=hours,
        warm_up_hours=warm_up,
        replications=replications,
        seed=USUAL_SEED if asked.seed is None else asked.seed,
    )
    question = {"vi": asked.question, "en": asked.question}
    return Order(
        asked.source,
        question,
        experiment,
        str(shelf.city_folder),
        str(shelf.map_folder),
        None if model is None else str(model),
        key=None if from_now else str(shelf.own / KEY),
    )


def _of_scenario(asked: NewSimulation, city: City, shelf: Shelf) -> Order:
    """The courses of the scenario are its rivals."""
    _leave_out(asked, ("rivals", "hours", "begins", "warm_up_hours", "model"), ScenarioSaysIt)
    found = shelf.scenario(asked.scenario)
    replications = asked.replications or found.replications
    hours = found.days * 24.0
    if hours > limits.HOURS:
        raise TooManyHours(field="hours", most=limits.HOURS, said=hours)
    _insist_on_size(len(found.courses), replications, hours + found.warm_up_hours)
    question = {"vi": asked.question, "en": asked.question} if asked.question else dict(found.question)
    experiment = Experiment(
        question=question["vi"][:300],
        city=city.id,
        rivals=tuple(Rival(course.id) for course in found.courses),
        days="model",
        hours=hours,
        warm_up_hours=found.warm_up_hours,
        replications=replications,
        seed=found.seed if asked.seed is None else asked.seed,
    )
    folders = str(shelf.city_folder), str(shelf.map_folder)
    file: Path = shelf.scenarios()[found.id]
    key = str(shelf.own / KEY)
    return Order("scenario", question, experiment, *folders, scenario=str(file), key=key)


def _leave_out(
    asked: NewSimulation | RivalAsked,
    fields: tuple[str, ...],
    refusal: type[Refused],
    where: str = "",
) -> None:
    """where : before the name of the field, as whoever sent it knows it"""
    for field in fields:
        said = getattr(asked, field)
        if said is not None and said is not False and said != [] and said != {}:  # 0 is something said
            raise refusal(field=where + field)


def _insist_on_size(rivals: int, replications: int, hours: float) -> None:
    if rivals > limits.RIVALS:
        raise TooManyRivals(most=limits.RIVALS)
    whole = rivals * replications * hours
    if whole > limits.SIMULATED_HOURS:
        most = round(limits.SIMULATED_HOURS)
        raise TooMuchSimulated(field="replications", said=round(whole), most=most)


def _insist_on_rivals(rivals: list[RivalAsked], city: City) -> None:
    """city : whose units and stations are meant: this one, or that of a model"""
    if not rivals:
        raise RivalsWanted
    for number, rival in enumerate(rivals):
        name, at = rival.name, f"rivals.{number}."
        if name in [before.name for before in rivals[:number]]:
            raise RivalNamedTwice(field=at + "name", rival=name)
        if rival.policy not in (*POLICIES, AS_THE_CITY_HAS_IT):
            known = ", ".join((*POLICIES, AS_THE_CITY_HAS_IT))
            raise UnknownSimulatedPolicy(field=at + "policy", rival=name, policy=rival.policy, known=known)
        if rival.move_up not in MOVE_UPS:
            rules = ", ".join(MOVE_UPS)
            raise UnknownMoveUpRule(field=at + "move_up", rival=name, move_up=rival.move_up, known=rules)
        _insist_on_city(rival, city, at)


def _insist_on_city(rival: RivalAsked, city: City, at: str) -> None:
    """at : before the names of its fields"""
    units, kinds = {unit.callsign for unit in city.units}, {str(unit.kind) for unit in city.units}
    for callsign in rival.without:
        if callsign not in units:
            raise UnitNotInCity(field=at + "without", rival=rival.name, callsign=callsign)
    for station in rival.more:
        if city.station(station) is None:
            raise StationNotInCity(field=at + "more", rival=rival.name, station=station)
    for kind in rival.turnout_s:
        if kind not in kinds:
            known = ", ".join(sorted(kinds))
            raise KindNotInCity(field=at + "turnout_s", rival=rival.name, kind=kind, known=known)
    if not (units - set(rival.without) or rival.more):
        raise NobodyLeft(field=at + "without", rival=rival.name)


def _rival(asked: RivalAsked) -> Rival:
    return Rival(
        name=asked.name,
        policy=asked.policy,
        move_up=next(name for name in MOVE_UPS if name == asked.move_up),
        without=tuple(asked.without),
        more=asked.more,
        turnout_s=asked.turnout_s,
        beds=asked.beds,
        takers=asked.takers,
        lines=asked.lines,
    )


def _begins(said: str | None) -> str:
    if said is None:
        return USUAL_BEGINS
    try:
        found = datetime.strptime(said, "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        raise BadBegins(field="begins", said=said) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadBegins(field="begins", said=said)
    return found.isoformat(timespec="minutes")
