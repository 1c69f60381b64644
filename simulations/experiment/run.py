"""Run what is left of an experiment, over all cores. What is done is a file; a killed run goes on there."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from simulations.experiment.inputs import Inputs, RivalColumns, read_inputs, read_rival, where_of
from simulations.experiment.keep import keep
from simulations.experiment.replicate import drawn, file_of, replicate, write_replication
from simulations.experiment.small_ground import KeptGround
from simulations.scenario.as_experiment import stage_of
from simulations.scenario.incidents import opened
from simulations.scenario.stage import Stage

Done = Callable[[int, int], None]
LARGE = ".ground.npz"
"""Of a run that is under way; one that was killed leaves it, and the next writes it anew."""


@dataclass(slots=True)
class _Worker:
    folder: Path
    inputs: Inputs
    rivals: list[RivalColumns]
    stage: Stage | None


_worker: _Worker | None = None
"""Of this process: what it has read once for all its replications."""


def left_to_do(folder: Path, rivals: int, replications: int) -> list[int]:
    """The replications that some rival has not played yet."""
    return [
        number
        for number in range(replications)
        if not all(file_of(folder, rival, number).is_file() for rival in range(rivals))
    ]


def run(folder: Path, jobs: int | None = None, done: Done = lambda count, of: None) -> None:
    """Play every replication that is not there, as the inputs in `folder` say.

    jobs : so many processes; as many as there are cores where nobody says
    done : is told how many of how many are there, from the first moment on
    Raises OSError, ValueError where the inputs cannot be read.
    """
    # What cannot be read is told here, not by a process that dies of it.
    asked = _open(folder).inputs.experiment
    todo = left_to_do(folder, len(asked.rivals), asked.replications)
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
            ProcessPoolExecutor(jobs, get_context("spawn"), _open, (folder, large)) as pool,
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


@contextmanager
def _large_ground(folder: Path) -> Iterator[Path]:
    """The ground unpacked once, in a file that all processes map: many cores do not want it many times."""
    assert _worker is not None
    ground, path = _worker.inputs.ground, folder / LARGE
    keep(path, KeptGround(ground.columns, where_of(ground)))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _open(folder: Path, large_ground: Path | None = None) -> _Worker:
    global _worker
    inputs = read_inputs(folder, large_ground)
    rivals = [read_rival(folder, number) for number in range(len(inputs.experiment.rivals))]
    stage = None if inputs.scenario is None else stage_of(inputs, rivals)
    _worker = _Worker(folder, inputs, rivals, stage)
    return _worker


def _play(number: int) -> None:
    """All rivals on the calls of one replication. These are drawn once; each course of a scenario may have
    calls of its own beside the ordinary ones."""
    assert _worker is not None
    stage = _worker.stage
    calls = drawn(_worker.inputs, number) if stage is None else None
    for rival, columns in enumerate(_worker.rivals):
        path = file_of(_worker.folder, rival, number)
        if not path.is_file():
            its = calls if stage is None else opened(stage, stage.courses[rival], number)
            assert its is not None
            write_replication(path, replicate(_worker.inputs, columns, its))
