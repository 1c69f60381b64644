"""A real MQTT broker for tests, on loopback. Skips the test with the reason where the machine has none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.bench.mosquitto import Mosquitto, NoMosquitto


@contextmanager
def running_mosquitto(folder: Path) -> Iterator[Mosquitto]:
    """A broker for as long as the context lasts; it may be killed and started again meanwhile."""
    try:
        broker = Mosquitto(folder)
    except NoMosquitto as reason:
        pytest.skip(str(reason))
    try:
        yield broker.start()
    finally:
        broker.stop()
