"""The days of a scenario, kept as the nights of an experiment are: the same rows and replays come of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from simulations.asked.order import Order
from simulations.asked.progress import Teller
from simulations.city_model.model import PRIORITIES
from simulations.city_model.write import write_model
from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.file import write_experiment
from simulations.experiment.inputs import (
    EXPERIMENT,
    GROUND,
    INPUTS,
    MODEL,
    NOBODY_ANSWERS,
    WORDS,
    Inputs,
    KeptGround,
    RivalColumns,
    Words,
    read_inputs,
    rival_file,
    where_of,
)
from simulations.experiment.keep import keep, kept
from simulations.experiment.replicate import Replication, Ringing, file_of, write_replication
from simulations.lean.run import simulate
from simulations.scenario.figures import Played, Row, Table, figures
from simulations.scenario.incidents import opened
from simulations.scenario.models import standing_on
from simulations.scenario.read import read_scenario
from simulations.scenario.report import report
from simulations.scenario.stage import Ready, Stage, make_ready

COMPARED = ("late", "late_P1", "p90_s", "emergencies_lost", "waited", "km")


def play_scenario(
    folder: Path, order: Order, teller: Teller
) -> tuple[Inputs, dict[str, dict[str, Sequence[float]]]]:
    """And of each course its figures, one value a replication; the report is written beside them.

    Raises BadModel, MapError, OSError.
    """
    assert order.scenario is not None
    teller.stage("map")
    asked = order.experiment
    scenario = replace(read_scenario(Path(order.scenario)), replications=asked.replications, seed=asked.seed)
    standing = standing_on(Path(order.city_folder), Path(order.map_folder))
    stage = make_ready(
        scenario, standing, lambda words: teller.stage("road times" if words == "road times" else "rules")
    )
    if not (folder / INPUTS).is_dir():
        _keep_inputs(folder, stage)
    teller.stage("replications")
    rows: dict[str, list[Row]] = defaultdict(list)
    for replication in range(scenario.replications):
        for number, ready in enumerate(stage.courses):
            played = _played(folder, stage, ready, number, replication)
            rows[ready.course.id].append(figures(stage, ready, played))
        teller.done(replication + 1, scenario.replications)
    tables = {course: Table.of(its) for course, its in rows.items()}
    (folder / "report.html").write_text(report(stage, tables), encoding="utf-8")
    return read_inputs(folder), {course: dict(table.values) for course, table in tables.items()}


def _played(folder: Path, stage: Stage, ready: Ready, number: int, replication: int) -> Played:
    """Simulated, or read where that is done."""
    its, path = opened(stage, ready, replication), file_of(folder, number, replication)
    if path.is_file():
        done = kept(path, Replication)
        return Played(its, done.served, float(done.homeward_m.sum()))
    outcome = simulate(its.incidents, ready.fleet, stage.columns, stage.hospital_of, ready.plan)
    rang = Ringing(its.calls.rang_s, its.calls.priority, its.answers.at_s, its.answers.fate)
    stay_s = its.incidents.rang_s[:0]
    write_replication(path, Replication(its.incidents, outcome.served, outcome.home_m, stay_s, rang))
    return Played(its, outcome.served, float(outcome.home_m.sum()))


def _keep_inputs(folder: Path, stage: Stage) -> None:
    """As an experiment has them, so that rows and replays are made in the same way."""
    aside = folder / f"{INPUTS}.new"
    aside.mkdir(parents=True, exist_ok=True)
    scenario, model, ground = stage.scenario, stage.model, stage.ground
    experiment = Experiment(
        question=scenario.question["vi"][:300],
        city=model.id,
        rivals=tuple(Rival(ready.course.id) for ready in stage.courses),
        days="model",
        begins=stage.begins.strftime("%Y-%m-%dT%H:%M"),
        hours=scenario.days * 24.0,
        warm_up_hours=scenario.warm_up_hours,
        replications=scenario.replications,
        seed=scenario.seed,
    )
    write_experiment(experiment, aside / EXPERIMENT)
    write_model(model, aside / MODEL)
    keep(aside / GROUND, KeptGround(ground.columns, where_of(ground)))
    for number, ready in enumerate(stage.courses):
        columns = RivalColumns(ready.fleet, stage.hospital_of, ready.plan, NOBODY_ANSWERS)
        keep(aside / rival_file(number), columns)
    words = Words(
        city={"vi": model.name, "en": model.name},
        begins=stage.begins.isoformat(),
        kinds=ground.kinds,
        units={ready.course.id: ready.callsigns for ready in stage.courses},
        stations=tuple(each.name for each in model.stations),
        hospitals=tuple(each.name for each in model.hospitals),
        beds=tuple(sum(each.beds.values()) for each in model.hospitals),
        targets_s=tuple(float(model.target_s[priority]) for priority in PRIORITIES),
        wards=(),
        place_ward=(-1,) * len(ground.columns.place_spot),
        map_version=ground.map_version,
        traffic_version=ground.traffic_version,
        source=f"scenario {scenario.id}",
    )
    (aside / WORDS).write_bytes(msgspec.json.encode(words))
    aside.replace(folder / INPUTS)
