"""D2: Staleness visible, thresholded, excluded from ranking: cut GPS: icon ages at 30 s, drops from ranking
at limit, alarm raised."""

import pytest

from tests import impatient_city
from tests.acceptance.test_c18_an_offer_that_nobody_takes_goes_on import listening_to
from tests.desk_work import DeskWork, ago, point
from tests.server import letter_town_ground, ok, running_server
from tests.small_city import where
from tests.waiting import wait_for


def heard_long_ago(desk, callsign, age_s, corner="S"):
    """The last that was heard of a unit, as if its receiver had been cut off so long ago."""
    body = {"callsign": callsign, "at": ago(age_s), **point(where(corner))}
    return ok(desk.client.post("/pings", json=[body]), 202)


def ranked(desk, incident):
    """Callsigns of those in sight, and of the others with the code why not."""
    advice = ok(desk.client.get(f"/incidents/{incident['id']}/recommendation"))
    seen = [row["callsign"] for row in advice["units"] if "position_lost" not in row.get("flags", [])]
    return seen, {row["callsign"]: row["code"] for row in advice["rejected"]}, advice


def test_a_position_ages_before_everybodys_eyes_and_its_unit_leaves_the_ranking_at_the_limit(own_desk):
    desk, callsign = own_desk, "C6"
    incident = desk.incident(where("T"))
    heard_long_ago(desk, callsign, 125)
    lost = desk.row("units", callsign)["position"]
    assert lost["stale"]
    assert lost["age_s"] >= 125
    seen, _, _ = ranked(desk, incident)
    assert callsign not in seen
    heard_long_ago(desk, callsign, 35)
    amber = desk.row("units", callsign)["position"]
    assert (amber["stale"], amber["age_s"] >= 30) == (False, True), "older than 30 s: shown with its age"
    seen, _, _ = ranked(desk, incident)
    assert callsign in seen, "doubted, and still sent"


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory):
    """A city that doubts positions after two seconds and drops them after five."""
    folder = tmp_path_factory.mktemp("forgetful")
    limits = {"unit_position_amber_s": 2, "unit_position_stale_s": 5}
    ground = impatient_city.impatient(letter_town_ground(), folder, limits)
    with running_server(ground, folder / "data") as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


def test_when_positions_cease_the_desks_hear_an_alarm_until_they_come_again(forgetful):
    with forgetful.client() as client:
        desk = DeskWork(client)
        incident = desk.incident(where("T"))
        with listening_to(desk) as feed:
            desk.ping("C6", where("S"))
            assert "C6" in ranked(desk, incident)[0]
            frame = feed.until(lambda frame: frame["type"] == "alarms" and "C6" in str(frame["alarms"]))
            (line,) = [each for each in frame["alarms"] if each["code"] == "late.stale_position"]
            assert "C6" in line["text"]["vi"]
            wait_for(lambda: "C6" not in ranked(desk, incident)[0])
            desk.ping("C6", where("S"))
            feed.until(lambda frame: frame["type"] == "alarms" and "C6" not in str(frame["alarms"]))
        assert "C6" in ranked(desk, incident)[0]
