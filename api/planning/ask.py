"""From what somebody asks for at the console to the order that a process of its own carries out.

All that can be judged without the roads is judged here, in both languages, before anybody waits for it.
"""

from datetime import datetime
from pathlib import Path

from api.planning import limits
from api.planning.days import order_of_recorded
from api.planning.errors import (
    BadBegins,
    NoDemand,
    NowSaysIt,
    QuestionWanted,
    ScenarioSaysIt,
    SourceSaysIt,
    TooManyHours,
    TooManyReplications,
)
from api.planning.rivals import insist_on_rivals, insist_on_size, leave_out, rival
from api.planning.shelf import Shelf
from api.planning.usual import (
    KEY,
    USUAL_HOURS,
    USUAL_HOURS_NOW,
    USUAL_REPLICATIONS,
    USUAL_SEED,
    USUAL_WARM_UP,
)
from api.schema.simulations import NewSimulation
from domain.city import City
from simulations.asked.order import Order
from simulations.experiment.experiment import Experiment, Rival

USUAL_BEGINS = "2026-03-02T00:00"
FIRST_YEAR, LAST_YEAR = 2000, 2199
OF_THE_DESK = "without", "more", "turnout_s", "closed", "staffed", "beds", "takers", "lines"
"""Of a rival that carries on the live state: these are as they are."""


def order_of(asked: NewSimulation, city: City, shelf: Shelf) -> Order:
    """Raises one of `errors.STATUS`."""
    replications = asked.replications
    if replications is not None and replications > limits.REPLICATIONS:
        raise TooManyReplications(field="replications", most=limits.REPLICATIONS, said=replications)
    if asked.source != "recorded":
        leave_out(asked, ("day", "until"), SourceSaysIt)
    if asked.source in ("city", "scenario") and not shelf.demand_said:
        raise NoDemand(field="source", city=city.id)
    if asked.source == "scenario":
        return _of_scenario(asked, city, shelf)
    leave_out(asked, ("scenario",) if asked.source == "model" else ("model", "scenario"), SourceSaysIt)
    if not asked.question:
        raise QuestionWanted(field="question")
    if asked.source == "recorded":
        return order_of_recorded(asked, city, shelf)
    if asked.source == "now":
        leave_out(asked, ("begins", "warm_up_hours"), NowSaysIt)
        for number, its in enumerate(asked.rivals):
            leave_out(its, OF_THE_DESK, NowSaysIt, f"rivals.{number}.")
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
    insist_on_rivals(asked.rivals, whose)
    insist_on_size(len(asked.rivals), replications, hours + warm_up)
    experiment = Experiment(
        question=asked.question,
        city=city.id,
        rivals=tuple(rival(each) for each in asked.rivals),
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
    leave_out(asked, ("rivals", "hours", "begins", "warm_up_hours", "model"), ScenarioSaysIt)
    found = shelf.scenario(asked.scenario)
    replications = asked.replications or found.replications
    hours = found.days * 24.0
    if hours > limits.HOURS:
        raise TooManyHours(field="hours", most=limits.HOURS, said=hours)
    insist_on_size(len(found.courses), replications, hours + found.warm_up_hours)
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
