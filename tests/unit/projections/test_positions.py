from datetime import timedelta

import pytest

from domain.errors import BadPosition
from projections.positions import LatestPositions, Ping, distance_m, freshness, marker
from tests.histories import NOON

HOUR = NOON + timedelta(hours=1)
METRE = 1 / 111_195  # degrees of latitude


def ping(second: float, metres_north: float = 0.0, callsign: str = "C1", **facts) -> Ping:
    return Ping(callsign, NOON + timedelta(seconds=second), 10.76 + metres_north * METRE, 106.66, **facts)


@pytest.fixture
def positions():
    return LatestPositions()


def offer(positions, *pings, now=HOUR):
    return [positions.offer(each, now) for each in pings]


def test_the_newest_ping_is_where_a_unit_is(positions):
    assert offer(positions, ping(0), ping(1, 10)) == ["latest", "latest"]
    assert positions.latest("C1") == ping(1, 10)
    assert positions.latest("T2") is None


def test_a_late_ping_never_moves_the_marker_back(positions):
    assert offer(positions, ping(10, 100), ping(5, 50)) == ["latest", "late"]
    assert positions.latest("C1") == ping(10, 100)


def test_the_same_moment_twice_is_a_duplicate_even_with_another_place(positions):
    assert offer(positions, ping(1), ping(1), ping(1, 30)) == ["latest", "duplicate", "duplicate"]
    assert positions.latest("C1") == ping(1)


def test_a_clock_that_runs_ahead_is_refused_from_thirty_seconds_on(positions):
    assert offer(positions, ping(31), now=NOON) == ["future"]
    assert positions.latest("C1") is None
    assert offer(positions, ping(30), now=NOON) == ["latest"]


def test_a_jump_no_vehicle_can_drive_is_not_taken(positions):
    assert offer(positions, ping(0), ping(10, 701)) == ["latest", "impossible"]
    assert positions.latest("C1") == ping(0)
    assert offer(positions, ping(11, 11)) == ["latest"]


def test_seventy_metres_a_second_is_still_believed(positions):
    assert offer(positions, ping(0), ping(10, 699)) == ["latest", "latest"]


def test_poor_accuracy_excuses_a_jump(positions):
    assert offer(positions, ping(0, accuracy_m=50), ping(1, 160, accuracy_m=50)) == ["latest", "latest"]
    assert offer(LatestPositions(), ping(0), ping(1, 160)) == ["latest", "impossible"]


def test_two_pings_that_agree_on_the_new_place_are_believed(positions):
    assert offer(positions, ping(0), ping(1, 9000), ping(2, 9010)) == ["latest", "impossible", "latest"]
    assert positions.latest("C1") == ping(2, 9010)


def test_two_wild_jumps_that_disagree_are_not_believed(positions):
    wild = offer(positions, ping(0), ping(1, 9000), ping(2, -9000), ping(3, 20_000))
    assert wild == ["latest", "impossible", "impossible", "impossible"]
    assert positions.latest("C1") == ping(0)


def test_the_doubted_ping_sent_again_does_not_confirm_itself(positions):
    assert offer(positions, ping(0), ping(1, 9000), ping(1, 9000)) == ["latest", "impossible", "duplicate"]
    assert positions.latest("C1") == ping(0)


def test_a_believable_ping_between_two_jumps_begins_the_doubt_anew(positions):
    told = offer(positions, ping(0), ping(1, 9000), ping(2, 2), ping(3, 9010))
    assert told == ["latest", "impossible", "latest", "impossible"]


def test_units_do_not_disturb_each_other(positions):
    assert offer(positions, ping(5), ping(1, 9000, "T2")) == ["latest", "latest"]
    assert [each.callsign for each in positions.all()] == ["C1", "T2"]


def test_positions_known_before_are_there_from_the_start():
    positions = LatestPositions([ping(5)])
    assert offer(positions, ping(4)) == ["late"]


def test_a_ping_from_nowhere_is_refused():
    for lat, lon in ((0, 0), (91, 0), (float("nan"), 1)):
        with pytest.raises(BadPosition):
            Ping("C1", NOON, lat, lon)


def test_distance_is_that_of_the_great_circle():
    assert distance_m(ping(0), ping(0, 1000)) == pytest.approx(1000, rel=1e-4)
    east = Ping("C1", NOON, 60.0, 11.0), Ping("C1", NOON, 60.0, 12.0)
    assert distance_m(*east) == pytest.approx(111_195 / 2, rel=1e-3)  # cos 60° is a half


@pytest.mark.parametrize(
    ("age_s", "trust"), [(-3, "fresh"), (29.9, "fresh"), (30, "amber"), (119, "amber"), (120, "stale")]
)
def test_a_position_ages_from_fresh_over_amber_to_stale(age_s, trust):
    assert freshness(NOON, NOON + timedelta(seconds=age_s), amber_s=30, stale_s=120) == trust


def test_the_marker_of_a_unit_row_always_shows_its_age():
    shown = marker(ping(0, heading_deg=90.0), NOON + timedelta(seconds=150), amber_s=30, stale_s=120)
    assert (shown["age_s"], shown["stale"], shown["heading_deg"]) == (150.0, True, 90.0)
    assert shown["at"] == NOON.isoformat()
