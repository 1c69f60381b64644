"""The live picture goes on whatever happens to the disk, and memory stays bounded."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Event
from time import sleep
from types import SimpleNamespace

import pytest

from api import telemetry as module
from api.alarms import Alarms
from api.telemetry import Telemetry
from projections.positions import LatestPositions, Ping

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def ping(second, callsign="C1", north=0.0):
    return Ping(callsign, NOON + timedelta(seconds=second), 10.76 + north, 106.66)


class Disk:
    """A history that fails where it is told to."""

    def __init__(self):
        self.batches, self.broken, self.ready, self.dropped_before = [], False, [], None

    def write(self, pings):
        if self.broken:
            raise OSError("no space left on device")
        self.batches.append(list(pings))

    @property
    def stored(self):
        return [each for batch in self.batches for each in batch]

    def latest(self):
        return []

    def read(self, callsign, start, end):
        return [each for each in self.stored if each.callsign == callsign and start <= each.at < end]

    def make_ready(self, days):
        self.ready = list(days)

    def drop_before(self, day):
        self.dropped_before = day
        return [date(2020, 1, 1)]


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def told():
    return []


@pytest.fixture
def telemetry(disk, told):
    return Telemetry(LatestPositions(stale_after_s=120), disk, alarms=Alarms(told.append))


def test_each_ping_meets_one_fate_and_all_are_counted(telemetry):
    pings = [ping(0), ping(5), ping(5), ping(3), ping(6, north=9), ping(99), ping(-300, "T2"), ping(3)]
    fates = telemetry.take(pings, NOON + timedelta(seconds=6))
    assert fates == {"latest": 2, "duplicate": 2, "late": 1, "impossible": 1, "future": 1, "stale": 1}
    assert {name: telemetry.counts[name] for name in fates} == fates


def test_what_is_believed_is_stored_once_in_the_order_of_its_own_time(telemetry, disk):
    telemetry.take([ping(5), ping(3), ping(4), ping(3), ping(5), ping(60)], NOON)
    telemetry._flush()
    assert disk.batches == [[ping(3), ping(4), ping(5)]]
    assert telemetry.waiting == 0


def test_a_stale_ping_is_a_marker_and_history_all_the_same(telemetry, disk):
    assert telemetry.take([ping(0)], NOON + timedelta(seconds=120)) == {"stale": 1}
    telemetry._flush()
    assert telemetry.positions.latest("C1") == ping(0)
    assert disk.stored == [ping(0)]


def test_a_backlog_sent_twice_is_told_as_duplicates(telemetry):
    now = NOON + timedelta(seconds=500)
    backlog = [ping(second) for second in range(100)]
    telemetry.take([ping(200), *backlog], now)
    assert telemetry.take([*backlog, ping(200)], now) == {"duplicate": 101}


def test_a_long_backlog_does_not_make_a_unit_forget_its_own_marker(telemetry):
    now = NOON + timedelta(seconds=1000)
    telemetry.take([ping(999)], now)
    telemetry.take([ping(second) for second in range(600)], now)
    assert telemetry.take([ping(999)], now) == {"duplicate": 1}


def test_a_disk_that_fails_keeps_nobody_from_hearing_and_gets_all_later(telemetry, disk):
    disk.broken = True
    for second in range(3):
        assert telemetry.take([ping(second)], NOON) == {"latest": 1}
        with pytest.raises(OSError, match="no space"):
            telemetry._flush()
    assert telemetry.positions.latest("C1") == ping(2)
    disk.broken = False
    telemetry._flush()
    assert disk.stored == [ping(0), ping(1), ping(2)]


def test_memory_is_bounded_the_oldest_are_lost_first_and_counted(telemetry, disk, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    telemetry = Telemetry(LatestPositions(), disk)
    disk.broken = True
    telemetry.take([ping(second) for second in range(8)], NOON + timedelta(minutes=1))
    with pytest.raises(OSError, match="no space"):
        telemetry._flush()
    telemetry.take([ping(second) for second in range(8, 13)], NOON + timedelta(minutes=1))
    assert (telemetry.waiting, telemetry.counts["dropped"]) == (10, 3)
    disk.broken = False
    telemetry._flush()
    assert disk.stored == [ping(second) for second in range(3, 13)]


def test_a_batch_that_comes_back_into_a_full_room_loses_its_oldest(telemetry, disk, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 5)
    telemetry = Telemetry(LatestPositions(), disk)
    telemetry.take([ping(second) for second in range(5)], NOON)

    def while_writing(pings):
        telemetry.take([ping(second) for second in range(5, 8)], NOON)
        raise OSError("no space left on device")

    disk.write = while_writing
    with pytest.raises(OSError, match="no space"):
        telemetry._flush()
    assert [each.at.second for each in telemetry._waiting] == [3, 4, 5, 6, 7]
    assert telemetry.counts["dropped"] == 3


def test_a_flood_is_stored_in_bites(telemetry, disk, monkeypatch):
    monkeypatch.setattr(module, "MOST_A_FLUSH", 100)
    now = NOON + timedelta(minutes=10)
    telemetry.take([ping(second) for second in range(250)], now)
    telemetry._flush()
    assert [len(batch) for batch in disk.batches] == [100, 100, 50]


def test_a_flood_that_does_not_end_keeps_nobody_from_being_tended(disk, monkeypatch):
    monkeypatch.setattr(module, "FLUSH_S", 0.01)
    monkeypatch.setattr(module, "LONGEST_ROUND_S", 0.05)
    telemetry = Telemetry(LatestPositions(), disk)
    tended = Event()
    telemetry.attach(SimpleNamespace(tend=tended.set, stop=lambda: None))

    def write_while_more_come(pings):
        sleep(0.001)
        telemetry._waiting.append(ping(0))

    disk.write = write_while_more_come
    telemetry._waiting.append(ping(0))
    telemetry.start()
    try:
        assert tended.wait(20)
    finally:
        disk.write = lambda pings: None
        telemetry.stop()


def test_pings_that_cannot_be_stored_for_long_are_an_alarm_until_they_are(telemetry, disk, told, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    disk.broken = True
    telemetry.take([ping(0)], NOON)

    def one_round():
        with suppress(OSError):
            telemetry._flush()
        telemetry._sound_or_end()
        return [alarm["code"] for alarm in told[-1]["alarms"]] if told else None

    assert one_round() is None
    clock[0] += module.PATIENCE_S
    assert one_round() == ["pings"]
    disk.broken = False
    assert one_round() == []


def test_a_disk_that_is_too_slow_without_failing_is_an_alarm_as_soon_as_pings_are_lost(
    disk, told, monkeypatch
):
    monkeypatch.setattr(module, "MOST_WAITING", 5)
    telemetry = Telemetry(LatestPositions(), disk, alarms=Alarms(told.append))
    telemetry.take([ping(second) for second in range(9)], NOON)
    telemetry._sound_or_end()
    assert [alarm["code"] for alarm in told[-1]["alarms"]] == ["pings"]
    telemetry._flush()
    telemetry._sound_or_end()
    assert told[-1]["alarms"] == []


def test_followers_hear_what_is_believed_and_nothing_else(telemetry):
    heard = []
    telemetry.follow(heard.extend)
    telemetry.take([ping(5), ping(5), ping(3), ping(99), ping(6, north=9)], NOON)
    assert heard == [ping(5), ping(3)]


def test_days_are_made_ahead_and_old_ones_dropped_only_where_that_is_wished(disk):
    today = datetime.now(UTC).date()
    Telemetry(LatestPositions(), disk)._tend_days()
    assert disk.ready == [today, today + timedelta(days=1), today + timedelta(days=2)]
    assert disk.dropped_before is None
    Telemetry(LatestPositions(), disk, keep_days=30)._tend_days()
    assert disk.dropped_before == today - timedelta(days=30)


def test_the_end_closes_the_ways_in_then_stores_what_waits_and_never_raises(telemetry, disk):
    class Way:
        def tend(self):
            raise ValueError("not today")

        def stop(self):
            telemetry.take([ping(7)], NOON)

    telemetry.attach(Way())
    telemetry._tend_parts()
    telemetry.start()
    telemetry.stop()
    assert disk.stored == [ping(7)]
    disk.broken = True
    telemetry.take([ping(8)], NOON)
    telemetry.stop()
