"""One Kafka broker that is its own controller too: its settings, its process."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

# The shell stands between: it ends the broker when its input ends, however the test process ends.
GUARD = 'log=$1; shift; java "$@" >>"$log" 2>&1 & echo $!; cat >/dev/null; kill $! 2>/dev/null; wait $!'
HEAP = ("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LOGGING = """\
status=error
appender.c.type=Console
appender.c.name=C
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=[%d] %p %m (%c)%n
rootLogger.level=warn
rootLogger.appenderRef.c.ref=C
"""
STOP_S = 30.0


class NodeFault(RuntimeError):
    """The broker does not start or stop; the sentence says what it said."""


class Node:
    """A broker on loopback with its data in `folder`. It may be killed and started again."""

    def __init__(self, libs: Path, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._path = folder, f"{libs}/*"
        self._settings, self._log = dict(settings), folder / "kafka.out"
        self._guard: subprocess.Popen[str] | None = None
        self.pid = 0

    def format(self, cluster: str) -> None:
        """Write its settings and prepare its empty disk for a cluster."""
        self._folder.mkdir(parents=True)
        (self._folder / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
        settings = {**self._settings, "log.dirs": str(self._folder / "data")}
        lines = [f"{name}={value}" for name, value in settings.items()]
        self._file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        order = ["kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self._file)]
        done = subprocess.run(["java", *self._options(), *order], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise NodeFault(f"Kafka's disk could not be formatted: {(done.stderr or done.stdout).strip()}")

    def start(self) -> None:
        """Run it; it answers a few seconds later."""
        order = [*HEAP, *self._options(), "kafka.Kafka", str(self._file)]
        self._guard = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", str(self._log), *order],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._guard.stdout is not None
        self.pid = int(self._guard.stdout.readline())

    def stop(self) -> None:
        """In order: it hands its partitions over, if there is anybody to take them."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    @property
    def running(self) -> bool:
        return self.pid != 0 and _alive(self.pid)

    def said(self) -> str:
        """The end of its log."""
        try:
            return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
        except OSError:
            return ""

    def _end(self, how: signal.Signals) -> None:
        if self._guard is None:
            return
        if _alive(self.pid):
            os.kill(self.pid, how)
        until = time.monotonic() + STOP_S
        while _alive(self.pid) and time.monotonic() < until:
            time.sleep(0.02)
        if _alive(self.pid):
            os.kill(self.pid, signal.SIGKILL)
        guard, self._guard, self.pid = self._guard, None, 0
        for pipe in (guard.stdin, guard.stdout):
            if pipe is not None:
                pipe.close()
        guard.wait(STOP_S)

    @property
    def _file(self) -> Path:
        return self._folder / "server.properties"

    def _options(self) -> Sequence[str]:
        return (
            f"-Dlog4j2.configurationFile=file:{self._folder / 'log4j2.properties'}",
            f"-Dkafka.logs.dir={self._folder}",
            "-cp",
            self._path,
        )


def _alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
