"""What every history of pings must keep, whatever it is stored in. Each kind runs all of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from projections.pings import Pings
from projections.positions import Ping

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
MARCH_1, MARCH_2, MARCH_3, MARCH_4 = (date(2026, 3, day) for day in (1, 2, 3, 4))


def ping(second: float, callsign: str = "C1", **facts: float | None) -> Ping:
    return Ping(callsign, MIDNIGHT + timedelta(seconds=second), 10.76, 106.66, **{"speed_mps": 8.5, **facts})


def read(history: Pings, start: float = -86_400.0, end: float = 86_400.0, callsign: str = "C1") -> list[Ping]:
    return history.read(callsign, MIDNIGHT + timedelta(seconds=start), MIDNIGHT + timedelta(seconds=end))


class PingsContract:
    """Subclasses give a `history`, fresh for each test, and `again`, which opens the same one anew."""

    @pytest.fixture
    def history(self, again: Callable[[], Pings]) -> Pings:
        return again()

    @pytest.fixture
    def again(self) -> Callable[[], Pings]:
        raise NotImplementedError

    # --- writing and reading ------------------------------------------------------------------

    def test_pings_come_back_whole_and_in_the_order_of_their_own_time(self, history: Pings) -> None:
        history.write([ping(3), ping(1), ping(2.000001)])
        assert read(history) == [ping(1), ping(2.000001), ping(3)]

    def test_what_a_tracker_did_not_know_stays_unknown(self, history: Pings) -> None:
        facts = [
            {"speed_mps": speed, "heading_deg": heading, "accuracy_m": accuracy}
            for speed in (None, 0.0, 13.25)
            for heading in (None, 0.0, 359.5)
            for accuracy in (None, 0.0, 4.75)
        ]
        told = [ping(second, **fact) for second, fact in enumerate(facts)]
        history.write(told)
        assert read(history) == told

    def test_places_come_back_to_the_last_bit(self, history: Pings) -> None:
        odd = replace(ping(1), lat=-33.000000000000004, lon=179.99999999999997)
        history.write([odd])
        assert read(history) == [odd]

    def test_reading_begins_at_the_start_and_stops_before_the_end(self, history: Pings) -> None:
        history.write([ping(second) for second in range(5)])
        assert read(history, 1, 3) == [ping(1), ping(2)]

    def test_units_do_not_mix_and_any_callsign_is_one(self, history: Pings) -> None:
        odd = ["T2", "Cứu-1", "a'; drop", 'b"\t\\N']
        history.write([ping(1), *(ping(1, callsign) for callsign in odd)])
        for callsign in odd:
            assert read(history, callsign=callsign) == [ping(1, callsign)]
        assert read(history, callsign="M3") == []

    def test_a_batch_is_stored_whole_or_not_at_all(self, history: Pings) -> None:
        broken = replace(ping(2), callsign="T2")
        object.__setattr__(broken, "lat", None)
        with pytest.raises(Exception, match=r"(?i)null|float"):
            history.write([ping(1), broken])
        assert read(history) == []
        assert history.latest() == []

    def test_an_empty_batch_is_no_work(self, history: Pings) -> None:
        history.write([])
        assert history.latest() == []

    # --- once and only once -------------------------------------------------------------------

    def test_the_same_ping_twice_is_stored_once(self, history: Pings) -> None:
        history.write([ping(1), ping(1)])
        history.write([ping(1)])
        assert read(history) == [ping(1)]

    def test_a_known_ping_does_not_keep_the_new_ones_of_its_batch_out(self, history: Pings) -> None:
        history.write([ping(1), ping(2)])
        history.write([ping(2), ping(3), ping(1, "T2")])
        history.write([ping(2), ping(4)])
        assert read(history) == [ping(1), ping(2), ping(3), ping(4)]
        assert read(history, callsign="T2") == [ping(1, "T2")]
        assert history.latest() == [ping(4), ping(1, "T2")]

    def test_what_was_stored_first_of_a_moment_stays(self, history: Pings) -> None:
        history.write([ping(1)])
        history.write([replace(ping(1), lat=11.0)])
        assert read(history) == [ping(1)]
        assert history.latest() == [ping(1)]

    # --- where everybody was last -------------------------------------------------------------

    def test_where_everybody_was_last_survives_a_restart(
        self, history: Pings, again: Callable[[], Pings]
    ) -> None:
        history.write([ping(9), ping(5), ping(2, "T2")])
        history.write([ping(7)])  # late: the marker stays
        assert again().latest() == [ping(9), ping(2, "T2")]

    # --- days ---------------------------------------------------------------------------------

    def test_pings_of_several_days_are_kept_by_day_of_utc(self, history: Pings) -> None:
        history.write([ping(-0.000001), ping(0)])
        assert read(history, -10, 10) == [ping(-0.000001), ping(0)]
        assert history.days() == [MARCH_2, MARCH_3]

    def test_a_ping_told_in_another_zone_is_of_the_same_day(self, history: Pings) -> None:
        elsewhere = ping(-1).at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
        history.write([replace(ping(-1), at=elsewhere)])
        assert history.days() == [MARCH_2]
        assert read(history) == [ping(-1)]

    def test_days_are_made_ahead_of_their_time_and_twice_is_once(self, history: Pings) -> None:
        history.make_ready([MARCH_3, MARCH_4])
        history.make_ready([MARCH_4])
        assert history.days() == [MARCH_3, MARCH_4]
        history.write([ping(0), ping(86_400)])
        assert history.days() == [MARCH_3, MARCH_4]

    def test_old_days_are_dropped_and_markers_stay(self, history: Pings) -> None:
        history.write([ping(-90_000), ping(-1, "T2"), ping(1, "T2")])
        assert history.drop_before(MARCH_3) == [MARCH_1, MARCH_2]
        assert history.days() == [MARCH_3]
        assert read(history, -100_000) == []
        assert read(history, callsign="T2") == [ping(1, "T2")]
        assert [each.callsign for each in history.latest()] == ["C1", "T2"]

    def test_a_dropped_day_can_begin_again(self, history: Pings) -> None:
        history.write([ping(-1)])
        history.drop_before(MARCH_3)
        history.write([ping(-2)])
        assert read(history) == [ping(-2)]

    def test_days_are_found_again_after_a_restart(self, history: Pings, again: Callable[[], Pings]) -> None:
        history.write([ping(-1), ping(1)])
        later = again()
        assert read(later) == [ping(-1), ping(1)]
        assert later.days() == [MARCH_2, MARCH_3]
