"""`vigil` for tests without the seconds in which Python loads it: see `tests.warm_vigil`.

Loading costs five seconds of a core, and a run of the tests starts a hundred servers. What runs is the same.
Whoever looks at the start itself starts it cold, as at a terminal.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOADED_S = 300.0
"""Far more than it takes, unless the kernels have to be compiled on a busy machine."""
NOBODYS_BUSINESS = ("PYTEST_", "GDAL_", "PROJ_")
"""What pytest changes with each test, and libraries of maps when they are loaded; no server looks at it."""


def surroundings() -> dict[str, str]:
    """The environment as far as it may matter to a server."""
    return {name: value for name, value in os.environ.items() if not name.startswith(NOBODYS_BUSINESS)}


AT_FIRST = surroundings()
"""Before any test changed something."""


class Warm:
    """A process that was started by `start`; like `subprocess.Popen` as far as tests look at one."""

    def __init__(self) -> None:
        self.pid = 0
        self.returncode: int | None = None
        self.runs, self.ended = threading.Event(), threading.Event()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if not self.ended.wait(timeout):
            raise subprocess.TimeoutExpired("vigil", timeout or 0.0)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):  # it has ended just now
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(9)


class Stock:
    """The loaded `vigil` of this test process, and what came of it."""

    def __init__(self) -> None:
        self._vigil = subprocess.Popen(
            [sys.executable, "-m", "tests.warm_vigil"],
            cwd=ROOT, env=AT_FIRST, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._one_at_a_time = threading.Lock()
        self._ordered: Warm | None = None
        self._running: dict[int, Warm] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.close)

    def start(self, words: Sequence[str], out: Path, err: Path) -> Warm:
        """`vigil` with these words; what it writes is added to the files."""
        files = {"out": str(out), "err": str(err)}
        order = {"words": list(words), **files, "environment": dict(os.environ)}
        with self._one_at_a_time:
            self._ordered = warm = Warm()
            assert self._vigil.stdin is not None
            self._vigil.stdin.write(json.dumps(order).encode() + b"\n")
            self._vigil.stdin.flush()
            assert warm.runs.wait(LOADED_S), "the loaded vigil does not answer"
        return warm

    def close(self) -> None:
        """What it started goes on without it."""
        self._vigil.terminate()
        self._vigil.wait()

    def _listen(self) -> None:
        assert self._vigil.stdout is not None
        for line in self._vigil.stdout:
            answer = json.loads(line)
            pid = answer["pid"]
            if "code" in answer:
                warm = self._running.pop(pid)
                warm.returncode = answer["code"]
                warm.ended.set()
            elif (ordered := self._ordered) is not None:
                ordered.pid = pid
                self._running[pid] = ordered
                ordered.runs.set()


@cache
def stock() -> Stock:
    """Loaded when the first test wants it."""
    return Stock()


def fits() -> bool:
    """Whether nothing was changed that a library may have looked at while it was loaded."""
    return surroundings() == AT_FIRST
