"""How far a simulation is, for whoever asks: a small file that is always whole."""

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final, Literal

import msgspec

from simulations.asked.order import PROGRESS, write_json

Stage = Literal["log", "map", "road times", "rules", "replications", "results"]
EVERY_S: Final = 0.3
"""A disk need not hear of every replication where thousands a second are done."""


class Progress(msgspec.Struct, frozen=True):
    """share : of the stage, where that is known"""

    stage: Stage | None = None
    done: int = 0
    share: float | None = None


@dataclass(slots=True)
class Teller:
    folder: Path
    _told: Progress = field(default_factory=Progress)
    _at: float = 0.0

    def stage(self, stage: Stage, share: float | None = None) -> None:
        if stage != self._told.stage or share == 1.0 or monotonic() - self._at > EVERY_S:
            self._tell(Progress(stage, self._told.done, share))

    def done(self, count: int, of: int) -> None:
        if count == of or monotonic() - self._at > EVERY_S:
            self._tell(Progress("replications", count))

    def _tell(self, progress: Progress) -> None:
        self._told, self._at = progress, monotonic()
        write_json(self.folder / PROGRESS, progress)


def read_progress(folder: Path) -> Progress:
    """Nothing yet where nothing was told."""
    try:
        return msgspec.json.decode((folder / PROGRESS).read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError):
        return Progress()
