"""python -m simulations.asked FOLDER: play what its `order.json` asks, or go on where a process ended.

It gives way to everybody, uses one thread, and ends when whoever started it does: its standard input is
closed then.
"""

import fcntl
import gzip
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final
from zipfile import ZIP_STORED, ZipFile

GIVES_WAY: Final = 15
for each in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(each, "1")  # read when the libraries are loaded, below

import msgspec  # noqa: E402

from dispatch.city_file import BadCityFile  # noqa: E402
from routing.errors import MapError  # noqa: E402
from simulations.asked.city import play_nights  # noqa: E402
from simulations.asked.order import (  # noqa: E402
    BUNDLE,
    REPLAYED,
    RESULTS,
    ROWS_FILE,
    Order,
    read_order,
    replay_file,
    tell_fault,
    write_json,
)
from simulations.asked.progress import Teller  # noqa: E402
from simulations.asked.replay import replay_of  # noqa: E402
from simulations.asked.results import results_of  # noqa: E402
from simulations.asked.scenario import play_scenario  # noqa: E402
from simulations.experiment.inputs import Inputs  # noqa: E402
from simulations.results.bundle.keys import new_key  # noqa: E402
from simulations.results.bundle.pack import pack  # noqa: E402
from simulations.results.compare import COMPARED  # noqa: E402
from simulations.results.figures import FIGURES, figures_of  # noqa: E402
from simulations.results.report.of_scenario import compared_in, figures_of_scenario  # noqa: E402
from simulations.results.report.page import write_report  # noqa: E402
from simulations.results.write_rows import ROWS, replications, write_rows  # noqa: E402


def main(given: Sequence[str]) -> int:
    (said,) = given
    folder = Path(said)
    _give_way()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a process that is about to end may still be writing
        try:
            _play(folder, read_order(folder))
        except BadCityFile as fault:
            return _fails(folder, " ".join(fault.sentences))
        except (MapError, OSError, ValueError) as fault:
            return _fails(folder, str(fault))
    return 0


def _play(folder: Path, order: Order) -> None:
    teller = Teller(folder)
    play = play_scenario if order.source == "scenario" else play_nights
    inputs = play(folder, order, teller)
    teller.stage("results")
    write_rows(folder, inputs)
    write_report(folder, inputs)
    if order.key is not None:
        _pack(folder, Path(order.key))
    values, scenario = figures_of(folder, inputs), inputs.scenario
    figures, compared = (
        (FIGURES, COMPARED)
        if scenario is None
        else (figures_of_scenario(scenario), compared_in(scenario, values))
    )
    found = results_of(folder, inputs, values, figures, compared, bundle=order.key is not None)
    _zip_rows(folder)
    _keep_replays(folder, inputs)
    write_json(folder / RESULTS, found)  # last: where it is, everything is


def _pack(folder: Path, key: Path) -> None:
    if not key.exists():
        new_key(key)
    pack(folder, folder / BUNDLE, key)


def _zip_rows(folder: Path) -> None:
    """As one file; what is in it is compressed already."""
    with ZipFile(folder / ROWS_FILE, "w", ZIP_STORED) as archive:
        for path in sorted((folder / ROWS).glob("*.parquet")):
            archive.write(path, path.name)


def _keep_replays(folder: Path, inputs: Inputs) -> None:
    for number, replication, done, rival in replications(folder, inputs):
        if replication < REPLAYED:
            path = replay_file(folder, number, replication)
            path.parent.mkdir(parents=True, exist_ok=True)
            told = msgspec.json.encode(replay_of(number, replication, done, rival, inputs))
            path.write_bytes(gzip.compress(told, 6, mtime=0))


def _fails(folder: Path, said: str) -> int:
    tell_fault(folder, _both(said))
    print(said, file=sys.stderr)
    return 1


def _both(said: str) -> Mapping[str, str]:
    """Files of models and scenarios are spoken of in English; a Vietnamese reader is told so much."""
    return {"en": said, "vi": f"Không chạy được mô phỏng này. Chi tiết (tiếng Anh): {said}"}


def _give_way() -> None:
    os.nice(GIVES_WAY)
    with suppress(OSError):  # not every system has it; where memory runs out this one goes first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    Thread(target=_end_with_the_other, daemon=True).start()


def _end_with_the_other() -> None:
    while os.read(0, 1024):
        pass
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
