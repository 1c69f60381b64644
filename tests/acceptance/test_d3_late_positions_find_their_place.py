"""D3: Late/out-of-order fixes by event time: buffered fixes fill the track, never move the "now" marker
back."""

from datetime import datetime, timedelta

from tests.desk_work import now, point
from tests.server import ok
from tests.small_city import where


def fixes(callsign, *told):
    return [
        {"callsign": callsign, "at": at.isoformat(), "accuracy_m": 5.0, **point(where(corner))}
        for at, corner in told
    ]


def test_what_a_tracker_kept_in_a_dead_zone_fills_the_track_and_moves_no_marker_back(fleet_desk):
    desk = fleet_desk
    moment = now()
    at = [moment - timedelta(seconds=60 - 10 * step) for step in range(7)]
    answer = ok(desk.client.post("/pings", json=fixes("C7", (at[0], "Q"), (at[6], "W"))), 202)
    assert answer["accepted"] == 2
    marker = desk.row("units", "C7")["position"]
    assert (marker["lat"], marker["lon"]) == (where("W").lat, where("W").lon)

    kept = fixes("C7", (at[4], "U"), (at[2], "S"), (at[1], "R"), (at[3], "T"), (at[5], "V"))
    ok(desk.client.post("/pings", json=kept), 202)
    still = desk.row("units", "C7")["position"]
    assert still["at"] == marker["at"], "the marker stands where the newest fix put it"
    assert (still["lat"], still["lon"]) == (marker["lat"], marker["lon"])

    track = ok(
        desk.client.get("/units/C7/track", params={"after": (at[0] - timedelta(seconds=1)).isoformat()})
    )
    told = [datetime.fromisoformat(fix["at"]) for fix in track]
    assert told == sorted(told) == at, "whole, and in the order in which it was driven"
    assert [round(fix["lon"], 5) for fix in track] == [round(where(c).lon, 5) for c in "QRSTUVW"]
