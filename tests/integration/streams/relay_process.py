"""A relay in a process of its own: stopped, killed, or frozen by its own id."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from api.streams.broker_settings import BrokerSettings

# The whole command line loads the road engine, too, which takes seconds.
PROGRAM = "import typer; from api.cli.relay_command import relay; typer.run(relay)"
ROOT = Path(__file__).parents[3]
PATIENCE_S = 60.0


class RelayProcess:
    def __init__(self, data: Path, broker: BrokerSettings, *words: str) -> None:
        options = [
            "--kafka",
            broker.address,
            "--prefix",
            broker.prefix,
            "--db",
            "sqlite",
            "--data",
            str(data),
        ]
        order = [sys.executable, "-c", PROGRAM, *options, "--centre", "saigon", *words]
        self._process = subprocess.Popen(order, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        self.said: list[str] = []
        self._follows = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait_until_it_follows(self) -> None:
        self._follows.wait(PATIENCE_S)
        assert any("following" in line for line in self.said), self.said

    def kill(self) -> None:
        self._process.kill()
        self.end()

    def freeze(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)

    def stop(self) -> int:
        self._process.terminate()
        return self.end()

    def end(self) -> int:
        """Wait for it; its exit code."""
        code = self._process.wait(PATIENCE_S)
        self._thread.join()
        return code

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.said.append(line.strip())
            if "following" in line:
                self._follows.set()
        self._follows.set()
        self._process.stderr.close()
