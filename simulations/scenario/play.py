"""Play a scenario: every course on the calls of every replication."""

from collections.abc import Callable, Iterator

from simulations.lean.run import simulate
from simulations.scenario.figures import Played, Table, figures
from simulations.scenario.incidents import opened
from simulations.scenario.stage import Ready, Stage

Done = Callable[[int, int], None]


def play(stage: Stage, ready: Ready, replication: int) -> Played:
    """One course, once."""
    its = opened(stage, ready, replication)
    plan = ready.plan._replace(beds=ready.plan.beds._replace(stay_s=its.stay_s))
    outcome = simulate(its.incidents, ready.fleet, stage.columns, stage.hospital_of, plan)
    return Played(its, outcome.served, float(outcome.home_m.sum()))


def play_all(stage: Stage, done: Done = lambda count, of: None) -> dict[str, Table]:
    """By course: a row of figures for each replication."""
    found: dict[str, list] = {course.course.id: [] for course in stage.courses}
    whole = stage.scenario.replications * len(stage.courses)
    for count, (replication, ready) in enumerate(_each(stage), 1):
        found[ready.course.id].append(figures(stage, ready, play(stage, ready, replication)))
        done(count, whole)
    return {course: Table.of(rows) for course, rows in found.items()}


def _each(stage: Stage) -> Iterator[tuple[int, Ready]]:
    for replication in range(stage.scenario.replications):
        for ready in stage.courses:
            yield replication, ready
