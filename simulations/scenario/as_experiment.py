"""A scenario as an experiment, whose rivals are its courses: with the rows, the report and the bundle of all
others."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from domain.values import Position
from simulations.city_model.as_city import city_of
from simulations.city_model.write import write_model
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import checked
from simulations.experiment.inputs import (
    GROUND,
    MODEL,
    NOBODY_ANSWERS,
    SCENARIO,
    Inputs,
    RivalColumns,
    WardShape,
    rival_file,
    where_of,
)
from simulations.experiment.keep import keep
from simulations.experiment.prepare import World, inputs_of, words_of, write_words
from simulations.experiment.small_ground import KeptGround, in_whole_metres, keep_ground
from simulations.experiment.wards import wards_of
from simulations.scenario.models import Standing
from simulations.scenario.read import read_scenario
from simulations.scenario.stage import (
    Ready,
    Stage,
    Tell,
    begins_of,
    hurt_at,
    make_ready,
    reachable,
    timelines,
)


def prepare_scenario(
    file: Path,
    standing: Standing,
    out: Path,
    replications: int | None = None,
    seed: int | None = None,
    tell: Tell = lambda words, share: None,
) -> None:
    """Write `out/inputs`. Where they are there already, they have to be the same, as with any experiment.

    replications, seed : instead of those in the file
    Raises BadScenario, BadExperiment, OSError.
    """
    stage = make_ready(read_scenario(file), standing, tell)
    tell("inputs", 0.0)
    with inputs_of(checked(_experiment(stage, replications, seed)), out) as aside:
        (aside / SCENARIO).write_bytes(file.read_bytes())
        write_model(stage.model, aside / MODEL)
        columns = in_whole_metres(stage.columns)
        keep_ground(aside / GROUND, KeptGround(columns, where_of(stage.ground)))
        for number, ready in enumerate(stage.courses):
            its = RivalColumns(ready.fleet, stage.hospital_of, ready.plan, NOBODY_ANSWERS)
            keep(aside / rival_file(number), its)
        units = {ready.course.id: ready.callsigns for ready in stage.courses}
        write_words(words_of(_world(stage, standing), units), aside)


def _experiment(stage: Stage, replications: int | None, seed: int | None) -> Experiment:
    scenario = stage.scenario
    return Experiment(
        question=scenario.question["vi"],
        city=stage.model.id,
        rivals=tuple(
            Rival(course.id, course.policy, course.move_up, beds=course.beds) for course in scenario.courses
        ),
        days="scenario",
        begins=stage.begins.strftime("%Y-%m-%dT%H:%M"),
        hours=scenario.days * 24.0,
        warm_up_hours=scenario.warm_up_hours,
        replications=scenario.replications if replications is None else replications,
        seed=scenario.seed if seed is None else seed,
    )


def _world(stage: Stage, standing: Standing) -> World:
    city = city_of(stage.model)
    if standing.city is not None:
        city = replace(city, name=standing.city.name)
    first = stage.first_places

    def wards(places: Sequence[Position]) -> tuple[list[WardShape], list[int]]:
        """A place is in its ward in every state of the roads."""
        if standing.city is None or standing.folder is None or standing.map_folder is None:
            return [], [-1] * len(places)
        shapes, of_first = wards_of(places[:first], standing.city, standing.folder, standing.map_folder)
        return shapes, of_first * (len(places) // first)

    return World(
        city,
        standing.rules,
        stage.ground,
        stage.begins,
        stage.model.about,
        wards,
        None,
        stage.model,
        drawn=standing.drawn,
    )


def stage_of(inputs: Inputs, rivals: Sequence[RivalColumns]) -> Stage:
    """What `prepare_scenario` wrote, ready to be played; no map is needed."""
    scenario, model = inputs.scenario, inputs.model
    assert scenario is not None, "these are the inputs of a scenario"
    assert model is not None, "and it stands on a model"
    lines, _, _ = timelines(scenario)
    hurt = hurt_at(scenario)
    ready = []
    for course, columns, its in zip(scenario.courses, rivals, lines, strict=True):
        callsigns = inputs.words.units[course.id]
        changes = scenario.of(course.id)
        ready.append(Ready(course, changes, model, columns.fleet, callsigns, columns.plan, *its))
    return Stage(
        scenario=scenario,
        model=model,
        begins=begins_of(scenario, model),
        ground=inputs.ground,
        hospital_of=rivals[0].hospital_of,
        reachable=reachable(inputs.ground.columns),
        first_places=len(model.places) + len(hurt),
        hurt_at={place: len(model.places) + number for number, place in enumerate(hurt)},
        courses=tuple(ready),
    )
