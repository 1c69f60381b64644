"""The programs beside the centre itself: started, killed by their own pid, started again."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.server import ROOT, STOP_S, VIGIL


@dataclass
class Piece:
    """One `vigil …` that runs until it is killed."""

    name: str
    words: Sequence[object]
    log_file: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert not self.alive, f"{self.name} runs already"
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen([*VIGIL, *map(str, self.words)], cwd=ROOT, stdout=log, stderr=log)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(STOP_S)

    def stop(self) -> None:
        """Ask it to end; it must obey in time."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(STOP_S)

    def said(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")
