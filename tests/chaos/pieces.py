"""The programs beside the centre itself: started, killed by their own pid, started again."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.guards import Guard
from tests.server import ROOT, STOP_S, VIGIL


@dataclass
class Piece:
    """One `vigil …` that runs until it is killed, or until this process has ended, however that ends."""

    name: str
    words: Sequence[object]
    log_file: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    _guard: Guard | None = None

    def start(self) -> None:
        assert not self.alive, f"{self.name} runs already"
        self._release()
        words = [*map(str, self.words)]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*VIGIL, *words], cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **self.environment}
            )
        self._guard = Guard(self.process.pid)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(STOP_S)
        self._release()

    def said(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def _release(self) -> None:
        if self._guard is not None:
            self._guard.release()
            self._guard = None
