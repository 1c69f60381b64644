"""One simulation as it is kept: a folder, and a small file in it that says how it stands."""

import logging
from datetime import datetime
from pathlib import Path
from shutil import copy, rmtree
from typing import Any, Final

import msgspec
from msgspec import structs

from api.schema.simulations import RivalSaid, Simulation, SimulationState
from simulations.asked.order import (
    LIVE,
    ORDER,
    REPLAYED,
    RESULTS,
    STANDS_ON,
    Order,
    replay_file,
    write_json,
)
from simulations.asked.progress import read_progress

log = logging.getLogger("vigil.simulations")
KEPT: Final = "kept.json"
ENDED: Final = ("done", "stopped", "failed")
_UUID_SHAPE: Final = "-".join("?" * letters for letters in (8, 4, 4, 4, 12))
MODEL_FILES: Final = (".toml", ".csv", ".npz")


class Kept(msgspec.Struct, kw_only=True):
    """by : the role of who asked
    labels  : of the rivals, in their order
    title   : of the scenario or the model, in words
    asked   : what was sent, to know it again when it is sent twice
    resumed : how often it was gone on with; deaths: how often its process ended without being asked to
    """

    id: str
    order: Order
    labels: tuple[dict[str, str], ...]
    asked: dict[str, Any]
    model: str | None
    scenario: str | None
    title: dict[str, str] | None = None
    by: str
    asked_at: datetime
    state: SimulationState = "waiting"
    began_at: datetime | None = None
    ended_at: datetime | None = None
    resumed: int = 0
    deaths: int = 0
    fault: dict[str, str] | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


def write(folder: Path, kept: Kept) -> None:
    """The order for the process that plays it, and how it stands for us."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ORDER).exists():
        write_json(folder / ORDER, kept.order)
    write_json(folder / KEPT, kept)


def with_its_own(folder: Path, order: Order) -> Order:
    """The order on copies of the planners' files: these may be changed before its turn comes."""
    own = folder.resolve() / STANDS_ON
    if order.scenario is not None:
        own.mkdir(parents=True, exist_ok=True)
        return structs.replace(order, scenario=str(copy(order.scenario, own)))
    if order.model_folder is not None:
        there = own / Path(order.model_folder).name
        there.mkdir(parents=True, exist_ok=True)
        for path in Path(order.model_folder).iterdir():
            if path.suffix in MODEL_FILES:
                copy(path, there)
        return structs.replace(order, model_folder=str(there))
    return order


def write_live(folder: Path, live: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LIVE).write_bytes(live)


def remove_live(folder: Path) -> None:
    """It holds exact places of people; once nothing goes on from it, it is of no use to anybody."""
    (folder / LIVE).unlink(missing_ok=True)


def read_all(home: Path) -> list[Kept]:
    """By when they were asked for. A folder without the small file is half made or half removed: it goes;
    one whose file says nothing we understand is left to people, who are told of it."""
    found = []
    for folder in home.glob(_UUID_SHAPE):
        if folder.is_dir() and not (folder / KEPT).exists():
            rmtree(folder, ignore_errors=True)
    for path in sorted(home.glob(f"*/{KEPT}")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Kept))
        except (OSError, ValueError) as fault:
            log.warning("%s cannot be read and is left alone (%s); remove its folder by hand.", path, fault)
    return sorted(found, key=lambda kept: kept.asked_at)


def remove(folder: Path) -> None:
    """The small file first: what is half removed is not found again."""
    (folder / KEPT).unlink(missing_ok=True)
    rmtree(folder, ignore_errors=True)


def results_in(folder: Path) -> bytes | None:
    path = folder / RESULTS
    return path.read_bytes() if path.is_file() else None


def replay_in(folder: Path, kept: Kept, rival: str, replication: int) -> Path | None:
    names = [each.name for each in kept.order.experiment.rivals]
    if rival not in names or not 0 <= replication < REPLAYED:
        return None
    path = replay_file(folder, names.index(rival), replication)
    return path if path.is_file() else None


def said(folder: Path, kept: Kept, before: int) -> Simulation:
    """As it is answered. before : how many have their turn first"""
    asked, progress = kept.order.experiment, read_progress(folder)
    running = kept.state == "running"
    rivals = [RivalSaid(name=r.name, label=label) for r, label in zip(asked.rivals, kept.labels, strict=True)]
    return Simulation(
        id=kept.id,
        question=kept.order.question,
        source=kept.order.source,
        model=kept.model,
        scenario=kept.scenario,
        title=kept.title,
        state=kept.state,
        stage=(progress.stage or "map") if running else None,
        share=progress.share if running else None,
        done=asked.replications if kept.state == "done" else progress.done,
        of=asked.replications,
        before=before,
        asked_at=kept.asked_at,
        began_at=kept.began_at,
        ended_at=kept.ended_at,
        by=kept.by,
        hours=asked.hours,
        begins=asked.begins if kept.order.source in ("city", "model", "recorded") else None,
        warm_up_hours=asked.warm_up_hours,
        replications=asked.replications,
        seed=asked.seed,
        rivals=rivals,
        resumed=kept.resumed,
        fault=kept.fault,
    )
