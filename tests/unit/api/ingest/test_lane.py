"""Reports give way to orders: what is in hand is bounded, and a flood is shut out."""

import asyncio
import threading
import time
from types import SimpleNamespace

import pytest

from api.ingest.lane import LATE_S, LOOK_S, MOST_IN_HAND_BYTES, Flood, Lane, LaneGate
from api.limits import MOST_BYTES
from api.measure import PINGS


@pytest.fixture
def lane():
    made = Lane()
    yield made
    made.close()


def pressed(flood, reports, late_s, looks=20):
    for _ in range(looks):
        flood._came = reports
        flood.note(late_s)
    return flood.stands


def test_many_reports_that_make_the_server_late_are_a_flood():
    assert pressed(Flood(), reports=100, late_s=2 * LATE_S)


def test_many_reports_that_keep_nobody_waiting_are_none():
    assert not pressed(Flood(), reports=1000, late_s=0.01)


def test_a_server_that_is_late_for_other_reasons_goes_on_hearing():
    assert not pressed(Flood(), reports=1, late_s=1.0)


def test_one_late_look_is_no_flood_and_a_flood_ends():
    flood = Flood()
    assert not pressed(flood, reports=100, late_s=2 * LATE_S, looks=1)
    assert pressed(flood, reports=100, late_s=2 * LATE_S)
    assert not pressed(flood, reports=100, late_s=0.0)


def test_what_is_in_hand_is_bounded(lane):
    async def fill():
        taken = [lane.enter(MOST_BYTES) for _ in range(MOST_IN_HAND_BYTES // MOST_BYTES)]
        full = lane.enter(1)
        lane.leave(MOST_BYTES)
        return taken, full, lane.enter(1)

    taken, full, again = asyncio.run(fill())
    assert (all(taken), full, again) == (True, False, True)


def test_a_loop_that_is_kept_busy_is_seen_as_late(lane):
    async def hog():
        for _ in range(25):
            for _ in range(100):
                lane.flood.watch()
            threading.Event().wait(3 * LOOK_S)  # holds the loop itself
            await asyncio.sleep(0)
            if lane.flood.stands:
                return True
        return False

    assert asyncio.run(hog())


def test_big_batches_have_a_thread_of_their_own(lane):
    async def ask():
        names = [await lane.run(lambda: threading.current_thread().name) for _ in range(3)]
        return set(names)

    (name,) = asyncio.run(ask())
    assert name.startswith("pings")


def test_the_lanes_thread_rests_as_long_as_it_worked(lane):
    async def ask():
        began = time.monotonic()
        await lane.run(time.sleep, 0.1)
        first = time.monotonic() - began
        await lane.run(time.sleep, 0.0)
        return first, time.monotonic() - began

    first, second = asyncio.run(ask())
    assert first < 0.19  # who asked does not wait for the rest
    assert second >= 0.2


def test_the_gate_turns_reports_away_unread_and_lets_orders_pass(lane):
    reached, said = [], []

    async def app(scope, receive, send):
        reached.append(scope["path"])

    async def never():
        raise AssertionError("nothing of the body is read")

    async def say(message):
        said.append(message)

    async def ask(path, **headers):
        scope = {
            "type": "http", "path": path, "method": "POST",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "app": SimpleNamespace(state=SimpleNamespace(centre=SimpleNamespace(
                telemetry=SimpleNamespace(lane=lane)))),
        }  # fmt: skip
        await LaneGate(app)(scope, never, say)

    async def scene():
        await ask("/api/v1/pings", **{"content-length": "10"})
        lane.flood.stands = True
        await ask("/api/v1/pings", **{"content-length": "10"})
        await ask("/osmand")
        await ask("/api/v1/calls")

    def busy(way):
        return PINGS.labels(way, "busy")._value.get()

    before = busy("http"), busy("osmand")
    asyncio.run(scene())
    assert (busy("http"), busy("osmand")) == (before[0] + 1, before[1] + 1)
    assert reached == ["/api/v1/pings", "/api/v1/calls"]
    answers = [each for each in said if each["type"] == "http.response.start"]
    assert [each["status"] for each in answers] == [503, 503]
    assert dict(answers[0]["headers"])[b"retry-after"] == b"1"
    assert lane._in_hand_bytes == 0
