"""D4: map-matching and dead reckoning between fixes: position error < 50 m p90 on replayed tracks."""

from datetime import UTC, datetime, timedelta
from math import cos, hypot, radians

import numpy as np
import pytest

from domain.values import Position
from tests.desk_work import now, point
from tests.server import ok
from tests.small_city import letter_town, where

SPEED_MPS, NOISE_M = 12.0, 8.0


def truth(began, at):
    """Where it really is: eastwards from Q along 3 Tháng 2, a crossing each hundred metres."""
    return letter_town().at("Q", east_m=SPEED_MPS * (at - began).total_seconds())


def metres_apart(one, other):
    return hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat))) * 111_195


def told(desk, callsign, at, place, speed_mps=SPEED_MPS):
    motion = {"heading_deg": 90.0, "speed_mps": speed_mps, "accuracy_m": NOISE_M}
    ping = {"callsign": callsign, "at": at.isoformat(), **point(place), **motion}
    ok(desk.client.post("/pings", json=[ping]), 202)
    return desk.row("units", callsign)["position"]


def test_a_unit_that_drives_is_shown_where_it_is_by_now_and_not_where_it_was_seen(own_desk):
    generator = np.random.default_rng(4)
    began = now() - timedelta(seconds=50)
    by_now, as_seen, streets = [], [], []
    for age_s in np.arange(15.0, 0.0, -0.5):
        at = now() - timedelta(seconds=float(age_s))
        north_m, east_m = generator.normal(0, NOISE_M, 2)
        place = truth(began, at)
        fix = Position(place.lat + north_m / 110_600, place.lon + east_m / 109_300)
        position = told(own_desk, "C6", at, fix)
        real = truth(began, datetime.now(UTC))
        streets.append(position["street"])
        reckoned = position["by_now"]
        by_now.append(metres_apart(Position(reckoned["lat"], reckoned["lon"]), real))
        as_seen.append(metres_apart(fix, real))
    assert np.percentile(by_now, 90) < 50
    assert streets.count("3 Tháng 2") > 0.8 * len(streets), "at a crossing it may be the other street"
    assert np.percentile(as_seen, 90) > 100, "the fix alone would be far behind"
    last = position
    assert (last["lat"], last["lon"]) == pytest.approx((fix.lat, fix.lon)), "what was seen stays what it was"


def test_a_unit_that_stands_is_where_it_was_seen(own_desk):
    assert told(own_desk, "C6", now(), where("S"), speed_mps=0.0)["by_now"] is None
