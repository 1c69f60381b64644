"""A few at a time, a few who wait; nobody else holds a thread."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.spoken_fault import SpokenFault
from api.turns import Turns


def test_whoever_finds_the_line_full_is_asked_to_come_back_at_once():
    turns, gate = Turns(2, 2, en="later", vi="sau"), threading.Event()

    def look() -> bool:
        with turns.one():
            return gate.wait(10)

    with ThreadPoolExecutor(16) as threads:
        first = [threads.submit(look) for _ in range(4)]
        time.sleep(0.2)
        begun = time.monotonic()
        for _ in range(12):
            with pytest.raises(SpokenFault, match="later"):
                look()
        assert time.monotonic() - begun < 1, "they waited, and held threads of the orders"
        gate.set()
        assert all(each.result() for each in first)
    assert look()  # what was taken is given back
