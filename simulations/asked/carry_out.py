"""From an order to everything that is told of it."""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

import msgspec
import numpy as np

from dispatch.city_file import BadCityFile
from routing.arrays import Float64s
from routing.errors import MapError
from simulations.asked.city import play_nights
from simulations.asked.now import OtherVersion, Played, play_now
from simulations.asked.order import (
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
from simulations.asked.progress import Teller
from simulations.asked.recorded import play_recorded
from simulations.asked.replay import Carried, replay_of
from simulations.asked.results import results_of
from simulations.asked.scenario import play_scenario
from simulations.city_model.faults import BadModel
from simulations.city_model.on_map import OffTheMap
from simulations.experiment.alone import alone_in
from simulations.experiment.file import BadExperiment
from simulations.experiment.inputs import Inputs
from simulations.policy_day.from_log import NoSuchDay
from simulations.results.bundle.keys import new_key
from simulations.results.bundle.pack import pack
from simulations.results.figures import figures_of
from simulations.results.report.page import write_report
from simulations.results.write_rows import ROWS, replications, write_rows
from simulations.sentence import CannotPlay

DISK: Final = {
    "en": "A file of this simulation could not be read or written on the service's disk; said.txt in its "
    "folder tells which.",
    "vi": "Không đọc hoặc ghi được một tệp của mô phỏng này trên đĩa máy chủ; xem said.txt trong thư mục "
    "của nó.",
}


def carry_out(folder: Path) -> int:
    """0 where it is done; 1 where it has failed, which is written down. What the program itself gets wrong is
    raised: the service says so, and Python's words stay in said.txt."""
    with alone_in(folder, wait=True):  # a process that is about to end may still be writing
        try:
            _play(folder, read_order(folder))
        except BadCityFile as fault:
            return _fails(folder, " ".join(fault.sentences))
        except (MapError, OffTheMap, NoSuchDay, OtherVersion) as fault:
            return _fails(folder, str(fault), fault.vi)
        except OSError as fault:
            print(fault, file=sys.stderr)  # names of our folders are no planner's concern
            return _fails(folder, **DISK)
        except (BadModel, BadExperiment, CannotPlay) as fault:
            return _fails(folder, str(fault))
    return 0


def _play(folder: Path, order: Order) -> None:
    teller = Teller(folder)
    if order.source == "now":
        _tell_now(folder, play_now(folder, order, teller), teller)
        return
    play = {"scenario": play_scenario, "recorded": play_recorded}.get(order.source, play_nights)
    inputs = play(folder, order, teller)
    teller.stage("results")
    write_rows(folder, inputs)
    write_report(folder, inputs)
    if order.key is not None:
        _pack(folder, Path(order.key))
    found = results_of(folder, inputs, figures_of(folder, inputs), bundle=order.key is not None)
    _zip_rows(folder)
    _keep_replays(folder, inputs)
    write_json(folder / RESULTS, found)  # last: where it is, everything is


def _tell_now(folder: Path, played: Played, teller: Teller) -> None:
    """Nobody else can run it again, so there is no bundle; what is told is told at the console."""
    teller.stage("results")
    inputs = played.inputs

    def serving_s(number: int, replication: int) -> Float64s:
        return np.array([each.free_s for each in played.carried(number, replication).began])

    found = results_of(folder, inputs, played.values, serving_s=serving_s)
    write_rows(folder, inputs)
    _zip_rows(folder)
    _keep_replays(folder, inputs, played.carried)
    write_json(folder / RESULTS, found)


def _pack(folder: Path, key: Path) -> None:
    if not key.exists():
        new_key(key)
    pack(folder, folder / BUNDLE, key)


def _zip_rows(folder: Path) -> None:
    """As one file; what is in it is compressed already."""
    with ZipFile(folder / ROWS_FILE, "w", ZIP_STORED) as archive:
        for path in sorted((folder / ROWS).glob("*.parquet")):
            archive.write(path, path.name)


def _keep_replays(folder: Path, inputs: Inputs, carried: Callable[[int, int], Carried] | None = None) -> None:
    for number, replication, done, rival in replications(folder, inputs):
        if replication < REPLAYED:
            path = replay_file(folder, number, replication)
            path.parent.mkdir(parents=True, exist_ok=True)
            there = None if carried is None else carried(number, replication)
            told = msgspec.json.encode(replay_of(number, replication, done, rival, inputs, there))
            path.write_bytes(gzip.compress(told, 6, mtime=0))


def _fails(folder: Path, en: str, vi: str | None = None) -> int:
    """Files of models and scenarios are spoken of in English alone; a Vietnamese reader is told so much."""
    tell_fault(folder, {"en": en, "vi": vi or f"Không chạy được mô phỏng này. Chi tiết (tiếng Anh): {en}"})
    print(en, file=sys.stderr)
    return 1
