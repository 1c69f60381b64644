from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, inspect

from projections.ping_history import PingHistory
from projections.positions import Ping

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)


def ping(second: float, callsign: str = "C1") -> Ping:
    return Ping(callsign, MIDNIGHT + timedelta(seconds=second), 10.76, 106.66, speed_mps=8.5)


@pytest.fixture
def engine(tmp_path):
    return create_engine(f"sqlite:///{tmp_path / 'telemetry.sqlite'}")


@pytest.fixture
def history(engine):
    return PingHistory(engine)


def read(history, start=-86_400.0, end=86_400.0, callsign="C1"):
    return history.read(callsign, MIDNIGHT + timedelta(seconds=start), MIDNIGHT + timedelta(seconds=end))


def test_pings_come_back_whole_and_in_the_order_of_their_own_time(history):
    history.write([ping(3), ping(1), ping(2.000001)])
    assert read(history) == [ping(1), ping(2.000001), ping(3)]


def test_reading_begins_at_the_start_and_stops_before_the_end(history):
    history.write([ping(second) for second in range(5)])
    assert read(history, 1, 3) == [ping(1), ping(2)]


def test_each_day_of_utc_has_its_own_table(history, engine):
    history.write([ping(-1), ping(0)])
    assert {"pings_20260302", "pings_20260303"} <= set(inspect(engine).get_table_names())
    assert read(history, -10, 10) == [ping(-1), ping(0)]
    assert history.days() == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_ping_told_in_another_zone_is_of_the_same_day(history):
    from zoneinfo import ZoneInfo

    history.write([replace(ping(-1), at=ping(-1).at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")))])
    assert history.days() == [date(2026, 3, 2)]


def test_the_same_ping_twice_is_stored_once(history):
    history.write([ping(1), ping(1)])
    history.write([ping(1)])
    assert read(history) == [ping(1)]


def test_units_do_not_mix(history):
    history.write([ping(1), ping(1, "T2")])
    assert read(history, callsign="T2") == [ping(1, "T2")]
    assert read(history, callsign="M3") == []


def test_where_everybody_was_last_survives_a_restart(history, engine):
    history.write([ping(9), ping(5), ping(2, "T2")])
    history.write([ping(7)])  # late: the marker stays
    assert PingHistory(engine).latest() == [ping(9), ping(2, "T2")]


def test_old_days_are_dropped_and_markers_stay(history, engine):
    history.write([ping(-90_000), ping(-1, "T2"), ping(1, "T2")])
    assert history.drop_before(date(2026, 3, 3)) == [date(2026, 3, 1), date(2026, 3, 2)]
    assert history.days() == [date(2026, 3, 3)]
    assert read(history, callsign="C1") == []
    assert [each.callsign for each in history.latest()] == ["C1", "T2"]
    assert "pings_20260302" not in inspect(engine).get_table_names()


def test_a_dropped_day_can_begin_again(history):
    history.write([ping(-1)])
    history.drop_before(date(2026, 3, 3))
    history.write([ping(-2)])
    assert read(history) == [ping(-2)]


def test_days_are_found_again_after_a_restart(history, engine):
    history.write([ping(-1), ping(1)])
    again = PingHistory(engine)
    assert read(again) == [ping(-1), ping(1)]


def test_a_batch_is_stored_whole_or_not_at_all(history):
    broken = replace(ping(2), callsign="T2")
    object.__setattr__(broken, "callsign", None)
    with pytest.raises(Exception, match="NOT NULL"):
        history.write([ping(1), broken])
    assert read(history) == []


def test_an_empty_batch_is_no_work(history):
    history.write([])
    assert history.latest() == []
