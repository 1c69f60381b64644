"""What is asked, and where in its folder everything is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec

from simulations.experiment.experiment import Experiment

ORDER: Final = "order.json"
PROGRESS: Final = "progress.json"
RESULTS: Final = "results.json"
FAULT: Final = "fault.json"
BUNDLE: Final = "bundle.zip"
ROWS_FILE: Final = "rows.zip"
STANDS_ON: Final = "stands_on"
"""The scenario's file or the model's tables as they were when it was asked for."""
LIVE: Final = "live.pickle"
"""Written by the service into its own folder, and read by nobody else."""
REPLAYS: Final = "replay"
REPLAYED: Final = 20
"""Of each rival so many replications can be looked at again; all of them would fill the disk."""

LOG_ADDRESS: Final = "VIGIL_SIMULATIONS_LOG"
"""Names the PostgreSQL database of the log, as libpq knows it, to the process: a password belongs into no
file. Where it is not there, the log is in the data folder."""

Source = Literal["city", "model", "scenario", "recorded", "now"]


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """experiment : of a scenario only its replications and its seed count, for it says the rest itself
    city_folder, map_folder : of the service that asks; model_folder: of a city model
    scenario   : its file
    data_folder, day, until : where the log is, and its days, both included; until: the same day where None
    key        : a private key to sign the bundle with, made where it is not there; None for no bundle
    """

    source: Source
    question: dict[str, str]
    experiment: Experiment
    city_folder: str
    map_folder: str
    model_folder: str | None = None
    scenario: str | None = None
    data_folder: str | None = None
    day: str | None = None
    until: str | None = None
    key: str | None = None


def read_order(folder: Path) -> Order:
    """Raises OSError, ValueError."""
    return msgspec.json.decode((folder / ORDER).read_bytes(), type=Order)


def write_json(path: Path, thing: object) -> None:
    """Whole or not at all."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_bytes(msgspec.json.encode(thing))
    aside.replace(path)


def tell_fault(folder: Path, said: Mapping[str, str]) -> None:
    write_json(folder / FAULT, said)


def replay_file(folder: Path, rival: int, replication: int) -> Path:
    return folder / REPLAYS / f"{rival:02d}" / f"{replication:05d}.json.gz"
