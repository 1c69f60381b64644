"""Our side of the pipe: start the judges' Python, seat the judges on a map, put questions to them."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from domain.values import Position
from routing.arrays import Float64s

WORKER = Path(__file__).with_name("worker.py")


class JudgeFault(Exception):
    """A judge could not be asked, with a sentence why."""


class Panel:
    """The judges whom one Python has installed: `judges` names them, with their versions."""

    def __init__(self, python: Path, log: Path) -> None:
        """`log` takes what the judges print. Raises JudgeFault where that Python cannot be started."""
        self._log = log.open("w", encoding="utf-8")
        try:
            self._process = subprocess.Popen(
                [python, "-I", WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                text=True,
            )
        except OSError as fault:
            self._log.close()
            raise JudgeFault(f"{python} cannot be started: {fault.strerror}.") from fault
        self.judges: dict[str, str] = self._ask(do="who")["judges"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=30)
        self._log.close()

    def seat(self, judge: str, source: Path, folder: Path) -> float:
        """Let a judge read a map, or what it made of it before in `folder`; the seconds that took."""
        seated = self._ask(do="seat", judge=judge, source=str(source.resolve()), folder=str(folder.resolve()))
        return float(seated["took"])

    def table(
        self, judge: str, origins: Sequence[Position], destinations: Sequence[Position]
    ) -> tuple[Float64s, float]:
        """Seconds of every pair, nan where there is no way; and how long the judge's own call took."""
        answer = self._ask(
            do="table", judge=judge, origins=_pairs(origins), destinations=_pairs(destinations)
        )
        return np.array(answer["seconds"], np.float64), float(answer["took"])

    def route(self, judge: str, origin: Position, destination: Position) -> tuple[float, float]:
        """Seconds of one way; and how long the judge's own call took, geometry included."""
        pair = _pairs([origin, destination])
        answer = self._ask(do="route", judge=judge, origin=pair[0], destination=pair[1])
        return float(answer["seconds"]), float(answer["took"])

    def _ask(self, **question: object) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise JudgeFault("The judges' process has no pipe.")
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise JudgeFault(f"The judges' process ended; what it said is in {self._log.name}.")
        answer: dict[str, Any] = json.loads(line)
        if "fault" in answer:
            who = question.get("judge", "the judges' Python")
            raise JudgeFault(f"{who} did not answer: {answer['fault']} (more in {self._log.name}).")
        return answer


def _pairs(positions: Sequence[Position]) -> list[tuple[float, float]]:
    return [(position.lat, position.lon) for position in positions]
