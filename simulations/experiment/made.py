"""Beside the file of each replication a note of what made it, so that no folder mixes two runs unseen.

A file counts as done where its note says what is asked now: this rival, this replication, these inputs, by
the program as it is. The note stands beside and not inside: the same numbers stay the same bits, whoever
wrote them.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from routing.compiled import digest_of
from simulations.experiment.inputs import INPUTS, digests, sha256
from simulations.experiment.keep import aside, write
from simulations.experiment.replicate import Replication, file_of
from simulations.results.versions import versions

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = (
    "domain",
    "dispatch",
    "routing",
    *(
        f"simulations/{room}"
        for room in ("city_model", "demand", "experiment", "ground", "lean", "scenario", "statistics")
    ),
)
"""Whatever a replication could depend on; the modules of `simulations` itself, too."""
AFTERWARDS: Final = "pyarrow"
"""Writes rows, and plays nothing."""


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What made a file. inputs: one SHA-256 of them all; by: versions and sources; sha256: of the file"""

    rival: int
    replication: int
    inputs: str
    by: dict[str, str]
    sha256: str


def keep_made(folder: Path, rival: int, replication: int, inputs: str, done: Replication) -> None:
    """The note gets its name before its file does: one that stands there when a run is killed counts."""
    path = file_of(folder, rival, replication)
    path.parent.mkdir(parents=True, exist_ok=True)
    with aside(path) as half:
        write(half, done)
        made = Made(rival, replication, inputs, maker(), sha256(half))
        with aside(_note(path)) as note:
            note.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


def misfit(folder: Path, rival: int, replication: int, inputs: str) -> str | None:
    """Why a file is not what is asked for, to be said after its name; None where it is. Raises OSError."""
    path = file_of(folder, rival, replication)
    if not path.is_file():
        return "is not there"
    try:
        made = msgspec.json.decode(_note(path).read_bytes(), type=Made)
    except (FileNotFoundError, msgspec.MsgspecError):
        return "has no note of what made it"
    if made.sha256 != sha256(path):
        return "is damaged, or not the file that its note tells of"
    if (made.rival, made.replication) != (rival, replication):
        return f"is replication {made.replication} of rival {made.rival:02d}"
    if made.inputs != inputs:
        return "was made of other inputs"
    if made.by != maker():
        return "was made by another version of the program"
    return None


def sum_of_inputs(folder: Path) -> str:
    return hashlib.sha256(msgspec.json.encode(list(digests(folder / INPUTS)))).hexdigest()


@cache
def maker() -> dict[str, str]:
    """The program as this process found it; versions alone do not tell an update from what was before."""
    found = {name: its for name, its in versions().items() if name != AFTERWARDS}
    return {**found, "sources": _sources()}


def _sources() -> str:
    rooms = (each for room in SOURCES for each in (ROOT / room).rglob("*.py"))
    return digest_of(ROOT, [*(ROOT / "simulations").glob("*.py"), *rooms])


def _note(path: Path) -> Path:
    return path.with_suffix(".json")
