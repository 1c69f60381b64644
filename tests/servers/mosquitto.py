"""A real MQTT broker for tests, on loopback. Skips the test with the reason where the machine has none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.bench.mosquitto import Mosquitto, NoMosquitto
from tests.guards import Guard


@contextmanager
def running_mosquitto(folder: Path) -> Iterator[Mosquitto]:
    """A broker for as long as the context lasts; it may be killed and started again meanwhile."""
    try:
        broker = Guarded(folder)
    except NoMosquitto as reason:
        pytest.skip(str(reason))
    try:
        yield broker.start()
    finally:
        broker.stop()


class Guarded(Mosquitto):
    """One that ends with the tests, however they end."""

    guard: Guard | None = None

    def start(self) -> "Guarded":
        super().start()
        assert self._process is not None
        self._release()
        self.guard = Guard(self._process.pid)
        return self

    def stop(self) -> None:
        super().stop()
        self._release()

    def kill(self) -> None:
        super().kill()
        self._release()

    def _release(self) -> None:
        if self.guard is not None:
            self.guard.release()
            self.guard = None
