"""The broker as a process of its own, so that it shares no interpreter with what is tested or measured."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 10.0


class MiniKafkaProcess:
    """`with MiniKafkaProcess({"vigil.pings": 12}) as kafka: ... kafka.address`."""

    def __init__(
        self, topics: dict[str, int] | None = None, auto_create: bool = False, port: int = 0
    ) -> None:
        words = [f"{name}:{count}" for name, count in (topics or {}).items()]
        options = ["--port", str(port), *(["--auto-create"] if auto_create else [])]
        self._order = [sys.executable, "-m", "tests.servers.minikafka", *options, *words]
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    @property
    def pid(self) -> int:
        return self._running().pid

    def start(self) -> str:
        self._process = subprocess.Popen(
            self._order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.address = self._line()
        return self.address

    def stop(self) -> None:
        """It ends with its input. What it held is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def tell(self, words: str) -> None:
        """Such as `down`, `up`, `refuse PRODUCE MESSAGE_TOO_LARGE 3 topic`; see `__main__`."""
        entry = self._running().stdin
        assert entry is not None
        entry.write(words + "\n")
        entry.flush()
        answer = self._line()
        if answer != "done":
            raise ValueError(answer)

    def down(self) -> None:
        """No longer there, until `up()`; what it holds is kept."""
        self.tell("down")

    def up(self) -> None:
        self.tell("up")

    def _line(self) -> str:
        output = self._running().stdout
        assert output is not None
        line = output.readline().strip()
        if not line:
            raise RuntimeError("the broker ended; it says why on its standard error")
        return line

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("the broker does not run")
        return self._process

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
