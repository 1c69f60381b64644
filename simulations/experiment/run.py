"""Run what is left of an experiment, over all cores. What is done is a file; a killed run goes on there."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from simulations.experiment.inputs import Inputs, RivalColumns, read_inputs, read_rival, where_of
from simulations.experiment.keep import keep, own_name
from simulations.experiment.made import keep_made, maker, misfit, sum_of_inputs
from simulations.experiment.replicate import drawn, file_of, replicate
from simulations.experiment.small_ground import KeptGround
from simulations.experiment.with_parent import end_with_parent
from simulations.scenario.as_experiment import stage_of
from simulations.scenario.incidents import opened
from simulations.scenario.stage import Stage

Done = Callable[[int, int], None]
LARGE = ".ground-"
"""So begins the name of what a run has of its own while it is under way; one that was killed leaves it."""


@dataclass(slots=True)
class _Worker:
    folder: Path
    inputs: Inputs
    rivals: list[RivalColumns]
    stage: Stage | None
    inputs_sum: str


log = logging.getLogger("vigil.simulations")
_worker: _Worker | None = None
"""Of this process: what it has read once for all its replications."""


def left_to_do(folder: Path, rivals: int, replications: int) -> list[int]:
    """The replications that some rival has not played yet, as the inputs are and by the program as it is."""
    return sorted({number for _, number, _ in misfits(folder, rivals, replications)})


def misfits(folder: Path, rivals: int, replications: int) -> list[tuple[int, int, str]]:
    """Rival and replication of every file that is not there or does not count, and why. Raises OSError."""
    inputs = sum_of_inputs(folder)
    return [
        (rival, number, why)
        for number in range(replications)
        for rival in range(rivals)
        if (why := misfit(folder, rival, number, inputs)) is not None
    ]


def run(folder: Path, jobs: int | None = None, done: Done = lambda count, of: None) -> None:
    """Play every replication that is not there, as the inputs in `folder` say; those that something else
    made, too, which is said in the log.

    jobs : so many processes; as many as there are cores where nobody says
    done : is told how many of how many are there, from the first moment on
    Raises OSError, ValueError where the inputs cannot be read.
    """
    # What cannot be read is told here, not by a process that dies of it.
    asked = _open(folder).inputs.experiment
    found = misfits(folder, len(asked.rivals), asked.replications)
    _say_strangers(folder, found)
    todo = sorted({number for _, number, _ in found})
    count = asked.replications - len(todo)
    done(count, asked.replications)
    jobs = min(jobs or cpu_count() or 1, len(todo))
    if jobs <= 1:
        for number in todo:
            _play(number)
            count += 1
            done(count, asked.replications)
        return
    # Each starts anew: a copy of this process might hold another's locks.
    try:
        with (
            _large_ground(folder) as large,
            ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (folder, large)) as pool,
        ):
            for each in as_completed([pool.submit(_play, number) for number in todo]):
                each.result()
                count += 1
                done(count, asked.replications)
    except BrokenProcessPool:
        raise OSError(
            "A process was ended from outside before its work was done, perhaps for want of memory. What is "
            "done is kept: give the order once more, with --jobs 1 if it happens again."
        ) from None


def _say_strangers(folder: Path, found: Sequence[tuple[int, int, str]]) -> None:
    strangers = [each for each in found if file_of(folder, *each[:2]).exists()]
    if strangers:
        rival, number, why = strangers[0]
        path = file_of(folder, rival, number)
        rest = f", with {len(strangers) - 1} more like it" if len(strangers) > 1 else ""
        log.warning("%s %s: it is played anew%s.", path, why, rest)


@contextmanager
def _large_ground(folder: Path) -> Iterator[Path]:
    """The ground unpacked once, in a file that all processes map: many cores do not want it many times."""
    assert _worker is not None
    ground, path = _worker.inputs.ground, folder / f"{LARGE}{own_name()}.npz"
    keep(path, KeptGround(ground.columns, where_of(ground)))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _begin(folder: Path, large_ground: Path) -> None:
    end_with_parent()
    _open(folder, large_ground)


def _open(folder: Path, large_ground: Path | None = None) -> _Worker:
    global _worker
    maker()  # what is loaded now is what plays, whatever lies on the disk later
    inputs = read_inputs(folder, large_ground)
    rivals = [read_rival(folder, number) for number in range(len(inputs.experiment.rivals))]
    stage = None if inputs.scenario is None else stage_of(inputs, rivals)
    _worker = _Worker(folder, inputs, rivals, stage, sum_of_inputs(folder))
    return _worker


def _play(number: int) -> None:
    """All rivals on the calls of one replication. These are drawn once; each course of a scenario may have
    calls of its own beside the ordinary ones."""
    assert _worker is not None
    stage = _worker.stage
    calls = drawn(_worker.inputs, number) if stage is None else None
    for rival, columns in enumerate(_worker.rivals):
        if misfit(_worker.folder, rival, number, _worker.inputs_sum) is not None:
            its = calls if stage is None else opened(stage, stage.courses[rival], number)
            assert its is not None
            done = replicate(_worker.inputs, columns, its)
            keep_made(_worker.folder, rival, number, _worker.inputs_sum, done)
