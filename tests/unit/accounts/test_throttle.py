from datetime import UTC, datetime, timedelta

import pytest

from api.accounts import throttle
from api.accounts.errors import TooManyFailures
from api.accounts.throttle import Door, Throttle, wait_after


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2025, 3, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def door(clock):
    return Throttle(clock)


def fail(door, times, username="lan", address="10.0.0.1"):
    for _ in range(times):
        door.begin(username, address)


def test_waits_grow_from_nothing_to_five_minutes():
    assert [wait_after(n) for n in (1, 4, 5, 6, 7, 12, 13, 5000)] == [0, 0, 2, 4, 8, 256, 300, 300]


def test_after_five_failures_one_must_wait(door, clock):
    fail(door, 5)
    with pytest.raises(TooManyFailures) as refusal:
        door.begin("lan", "10.0.0.1")
    assert refusal.value.facts == {"retry_after_s": 2}
    clock.pass_by(seconds=1.9)
    with pytest.raises(TooManyFailures):
        door.begin("lan", "10.0.0.1")
    clock.pass_by(seconds=0.1)
    door.begin("lan", "10.0.0.1")
    with pytest.raises(TooManyFailures, match="wait 4 seconds"):
        door.begin("lan", "10.0.0.1")


def test_trying_while_shut_does_not_prolong_the_wait(door, clock):
    fail(door, 5)
    for _ in range(50):
        with pytest.raises(TooManyFailures):
            door.begin("lan", "10.0.0.1")
    clock.pass_by(seconds=2)
    door.begin("lan", "10.0.0.1")


def test_nobody_is_locked_out_by_somebody_elsewhere(door):
    fail(door, 5, address="203.0.113.9")
    door.begin("lan", "10.0.0.1")
    door.begin("minh", "203.0.113.9")


def test_the_right_password_wipes_the_slate(door):
    fail(door, 4)
    door.forgive("lan", "10.0.0.1")
    fail(door, 4)


def test_an_hour_of_quiet_is_forgotten(door, clock):
    fail(door, 5)
    clock.pass_by(hours=1)
    fail(door, 4)


def test_a_whole_ipv6_network_counts_as_one_address(door):
    for n in range(1, 6):
        door.begin("lan", f"2001:db8::{n}")
    with pytest.raises(TooManyFailures):
        door.begin("lan", "2001:db8::ffff")
    door.begin("lan", "2001:db8:0:1::1")


def test_memory_is_bounded_and_the_oldest_go_first(door, monkeypatch):
    monkeypatch.setattr(throttle, "MOST_KEPT", 3)
    fail(door, 5)
    for name in ("a1", "a2", "a3"):
        door.begin(name, "10.0.0.1")
    assert len(door._failures) == 3
    door.begin("lan", "10.0.0.1")


def knock(door, name, address="203.0.113.9"):
    try:
        door.begin(name, address)
    except TooManyFailures:
        return False
    return True


def test_who_tries_many_names_from_one_address_must_wait(clock):
    door = Door(clock)
    assert sum(knock(door, f"name{n}") for n in range(1_000)) == 30
    assert knock(door, "lan", "10.0.0.1")
    clock.pass_by(seconds=30)
    assert [knock(door, f"more{n}") for n in range(2)] == [True, False]


def test_many_names_push_out_no_count_of_anothers_failures(clock, monkeypatch):
    monkeypatch.setattr(throttle, "MOST_KEPT", 100)
    door = Door(clock)
    for _ in range(5):
        assert knock(door, "lan")
    for n in range(1_000):
        knock(door, f"name{n}")
    clock.pass_by(seconds=1)
    assert not knock(door, "lan")


def test_others_at_the_address_keep_nobody_out_who_came_in_from_there_before(clock):
    door = Door(clock)
    door.begin("lan", "203.0.113.9")
    door.forgive("lan", "203.0.113.9")
    for n in range(100):
        knock(door, f"name{n}")
    assert not knock(door, "minh")
    assert knock(door, "lan")
    for _ in range(4):
        knock(door, "lan")
    assert not knock(door, "lan")


def test_a_whole_shift_signs_in_from_one_address(clock):
    door = Door(clock)
    for n in range(200):
        door.begin(f"desk{n}", "10.0.0.1")
        door.forgive(f"desk{n}", "10.0.0.1")
