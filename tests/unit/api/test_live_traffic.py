"""The road weights follow what is said of the roads; screens hear of it after, never before."""

import threading
import time
from datetime import datetime, timedelta

import pytest

from api.alarms import ROADS_FAIL, TRAFFIC_LATE, Alarms
from api.live_traffic import LiveTraffic
from domain.receipt import Receipt
from domain.roads import Roads
from domain.traffic import Traffic
from tests.builders import NOON, an_act, an_id
from tests.traffic_words import a_closure


class SlowRoads:
    """Weights that take a while; may be told to fail."""

    def __init__(self) -> None:
        self.traffic_version = "free_flow"
        self.changes_at: datetime | None = None
        self.used: list[int] = []
        self.refreshed = 0
        self.takes_s = 0.0
        self.broken = False
        self.hung = threading.Event()
        self.hung.set()

    def use(self, traffic: Traffic, now: datetime) -> None:
        self.hung.wait(20)
        if self.broken:
            raise MemoryError("no room for weights")
        time.sleep(self.takes_s)
        self.used.append(traffic.version)
        self.traffic_version = f"t{traffic.version}" if traffic.closures else "free_flow"

    def refresh(self, now: datetime) -> None:
        self.refreshed += 1
        self.changes_at = None


class House:
    def __init__(self, **patience: float) -> None:
        self.roads, self.frames = SlowRoads(), []
        self.said = Roads(city_id="letters", act=an_act())
        self.alarms = Alarms(self.frames.append)
        self.seq = 0
        self.live = LiveTraffic(
            self.roads,
            lambda: self.said.traffic,
            self.tell,
            lambda: datetime.now().astimezone(),
            self.alarms,
            **patience,
        )

    def tell(self, frame):
        self.frames.append({**frame, "in_use": self.roads.traffic_version})

    def say(self, act):
        """Something is said of the roads, and the follower has it."""
        act(self.said)
        facts = self.said.collect_events()
        batch = [(self.seq + place, fact) for place, fact in enumerate(facts, start=1)]
        self.seq += len(facts)
        self.live.hear(batch)

    def kinds(self):
        return [(frame["type"], frame.get("traffic_version")) for frame in self.frames]


def close(name):
    return lambda roads: roads.close(a_closure(name), an_act())


@pytest.fixture
def house():
    house = House()
    house.live.start(0)
    yield house
    house.live.stop()


def test_at_the_start_the_traffic_is_taken_before_anything_is_asked():
    house = House()
    house.say(close("flood"))
    house.live.start(house.seq)
    assert house.roads.used == [1]
    assert house.live.version == "t1"
    assert house.live.frame()["seq"] == house.seq
    house.live.stop()


def test_screens_hear_of_new_weights_after_they_are_in_use(house):
    house.roads.takes_s = 0.05
    house.say(close("flood"))
    assert house.live.wait_for(1, 2.0)
    house.live.stop()
    frame = house.frames[-1]
    assert frame["traffic_version"] == frame["in_use"] == "t1"
    assert (frame["type"], frame["cause"], frame["seq"]) == ("traffic", "order", house.seq)


def test_what_is_said_while_weights_are_made_comes_with_the_next_and_nothing_is_left_out(house):
    house.roads.takes_s = 0.1
    for name in range(6):
        house.say(close(name))
        time.sleep(0.01)
    assert house.live.wait_for(6, 2.0)
    assert house.roads.used[-1] == 6
    assert len(house.roads.used) < 6


def test_facts_of_other_things_leave_the_roads_alone(house):
    receipt = Receipt(command_id=an_id(), command="any", fingerprint="0", answer={}, act=an_act())
    house.live.hear([(1, fact) for fact in receipt.collect_events()])
    time.sleep(0.1)
    assert house.roads.used == [0]


def test_to_lift_all_names_the_empty_street_again(house):
    house.say(close("flood"))
    house.say(lambda roads: roads.reopen(an_id("flood"), "xong", an_act()))
    assert house.live.wait_for(2, 2.0)
    assert house.live.version == "free_flow"


def test_time_alone_changes_weights_when_they_are_due(house):
    house.say(close("flood"))
    house.live.wait_for(1, 2.0)
    house.roads.changes_at = datetime.now().astimezone() + timedelta(seconds=0.2)
    house.say(lambda roads: roads.close(a_closure("flood"), an_act()))  # no news: nothing is said
    house.live.hear([])
    before = house.roads.refreshed
    with house.live._news:
        house.live._news.notify_all()
    deadline = time.monotonic() + 8
    while house.roads.refreshed == before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert house.roads.refreshed > before
    assert house.roads.used == [0, 1]


def test_weights_that_cannot_be_made_leave_the_older_ones_and_an_alarm_until_they_can(house):
    house.roads.broken = True
    house.say(close("flood"))
    assert not house.live.wait_for(1, 0.3)
    assert house.live.version == "free_flow"
    assert house.alarms.standing == ["traffic"]
    house.roads.broken = False
    assert house.live.wait_for(1, 5.0)
    deadline = time.monotonic() + 2
    while house.alarms.standing and time.monotonic() < deadline:
        time.sleep(0.02)
    assert house.alarms.standing == []
    assert [frame["type"] for frame in house.frames[-3:]] == ["alarms", "traffic", "alarms"]
    assert house.frames[-1]["alarms"] == []


def until(said, timeout_s=3.0):
    deadline = time.monotonic() + timeout_s
    while not said() and time.monotonic() < deadline:
        time.sleep(0.01)
    return said()


def test_weights_that_never_come_are_an_alarm_until_they_do():
    house = House(late_s=0.1)
    house.live.start(0)
    time.sleep(0.3)
    assert house.alarms.standing == []
    house.roads.hung.clear()
    house.say(close("flood"))
    assert until(lambda: house.alarms.standing == ["traffic"])
    assert house.live.behind
    assert house.frames[-1]["alarms"][0]["text"] == dict(TRAFFIC_LATE)
    house.roads.hung.set()
    assert house.live.wait_for(1, 2.0)
    assert until(lambda: house.alarms.standing == [])
    assert not house.live.behind
    house.live.stop()


def test_weights_that_hang_at_the_start_do_not_keep_the_centre_from_starting():
    house = House(late_s=0.1, start_s=0.3)
    house.say(close("flood"))
    house.roads.hung.clear()
    began = time.monotonic()
    house.live.start(house.seq)
    assert time.monotonic() - began < 2.0
    assert until(lambda: house.alarms.standing == ["traffic"])
    house.roads.hung.set()
    assert house.live.wait_for(1, 2.0)
    assert until(lambda: house.alarms.standing == [])
    house.live.stop()


def test_weights_that_fail_at_the_start_are_tried_again_while_the_centre_works():
    house = House()
    house.say(close("flood"))
    house.roads.broken = True
    began = time.monotonic()
    house.live.start(house.seq)
    assert time.monotonic() - began < 2.0
    assert house.alarms.standing == ["traffic"]
    assert house.live.behind
    house.roads.broken = False
    assert house.live.wait_for(1, 5.0)
    house.live.stop()


def test_an_alarm_goes_on_since_its_first_moment_and_is_told_once():
    frames = []
    alarms = Alarms(frames.append)
    alarms.sound("roads", ROADS_FAIL, NOON)
    alarms.sound("roads", ROADS_FAIL, NOON + timedelta(minutes=1))
    assert alarms.frame() == {
        "type": "alarms",
        "alarms": [{"code": "roads", "text": dict(ROADS_FAIL), "since": NOON.isoformat()}],
    }
    alarms.end("roads")
    alarms.end("roads")
    assert [len(frame["alarms"]) for frame in frames] == [1, 0]


def test_it_ends_with_the_house(house):
    house.live.stop()
    assert "live-traffic" not in {thread.name for thread in threading.enumerate() if thread is not None} or (
        not house.live._thread.is_alive()
    )
