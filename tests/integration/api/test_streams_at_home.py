"""A centre without a region hears what its positions and its waiting mean: prompts, notes, and lines."""

import re
import time
from datetime import timedelta

import httpx
import pytest

from tests import impatient_city
from tests.desk_work import DeskWork, now, point
from tests.feed_reader import listening
from tests.server import letter_town_ground, ok, running_server
from tests.small_city import where

SHORT_S = {
    "acknowledge_amber_s": 1,
    "acknowledge_red_s": 2,
    "unit_position_amber_s": 2,
    "unit_position_stale_s": 4,
}


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    """A service in a city whose crews answer within two seconds."""
    tmp_path = tmp_path_factory.mktemp("impatient")
    ground = impatient_city.impatient(letter_town_ground(), tmp_path, SHORT_S)
    with running_server(ground, tmp_path / "data") as server:
        with server.client() as client:
            DeskWork(client).everybody_on_duty()
        yield server


def notes(client, incident):
    entries = ok(client.get(f"/incidents/{incident['id']}/timeline"))
    return [str(entry) for entry in entries if "Noted" in str(entry)]


def figures(server):
    return httpx.get(f"{server.url}/metrics", trust_env=False).text


def wait_for(look, patience_s=15.0):
    until = time.monotonic() + patience_s
    while not (found := look()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found


def stay(client, callsign, corner):
    """Half a minute of pings at a corner, by a clock that goes a little before ours."""
    moment = now()
    pings = [
        {"callsign": callsign, "at": (moment + timedelta(seconds=ahead)).isoformat(), "accuracy_m": 5.0,
         **point(where(corner))}
        for ahead in range(0, 29, 4)
    ]  # fmt: skip
    ok(client.post("/pings", json=pings), 202)


def lines(frame):
    """What stands before the desks, by code."""
    return {alarm["code"]: alarm for alarm in frame["alarms"]} if frame["type"] == "alarms" else {}


def lost(frame):
    """Who is told to be lost: on a slow day those of earlier tests are, too."""
    line = lines(frame).get("late.stale_position")
    return line["text"]["en"] if line else ""


def test_positions_at_the_scene_become_a_prompt_that_people_confirm(impatient):
    with impatient.client() as client:
        desk = DeskWork(client)
        incident = desk.incident(where("T"))
        run = desk.send(incident, "C1")
        desk.report(run, "accepted", "en_route")
        stay(client, "C1", "T")
        prompt = wait_for(lambda: desk.row("runs", run["run_id"])["prompt"])
        assert (prompt["move"], prompt["milestone"]) == ("arrived_scene", "on_scene")
        told = [entry["text"] for entry in ok(client.get(f"/incidents/{incident['id']}/timeline"))]
        assert any("C1: on scene at" in text["en"] for text in told)
        assert any("xin xác nhận" in text["vi"] for text in told)
        assert "on_scene" not in desk.row("runs", run["run_id"])["milestones"]
        assert re.search(r'vigil_stream_orders\{outcome="sent"\} [1-9]', figures(impatient))
        desk.clear_the_board()


def test_a_late_acknowledgement_is_a_line_for_the_desks_alone_and_a_note(impatient):
    with impatient.client() as client:
        desk = DeskWork(client)
        with listening(impatient.socket_url()) as feed, listening(impatient.socket_url("crew")) as crew:
            incident = desk.incident(where("T"))
            run = desk.send(incident, "C2")
            line = lines(feed.until(lambda frame: "late.late_acknowledgement" in lines(frame)))
            alarm = line["late.late_acknowledgement"]
            assert alarm["text"]["en"] == "Order not acknowledged: C2."
            assert alarm["text"]["vi"] == "Chưa nhận lệnh: C2."
            with listening(impatient.socket_url("supervisor")) as later:
                assert lines(later.until(lines)) == line, "who comes later is told as well"
            assert not httpx.get(f"{impatient.url}/status.json", trust_env=False).json()["alarms"]
            (note,) = wait_for(lambda: notes(client, incident))
            assert "Has not acknowledged since" in note
            desk.report(run, "accepted")
            gone = feed.until(lambda frame: frame["type"] == "alarms" and not frame["alarms"])
            assert gone["alarms"] == []
            crew.until(lambda frame: frame["type"] == "heartbeat")
            assert not any(frame["alarms"] for frame in crew.of("alarms")), "a crew reads of no other crew"


def test_a_unit_that_nobody_can_find_any_more_is_a_line_until_it_is_found(impatient):
    with impatient.client() as client, listening(impatient.socket_url()) as feed:
        desk = DeskWork(client)
        desk.ping("C3", where("A"))
        feed.until(lambda frame: "C3" in lost(frame))
        desk.ping("C3", where("A"))
        feed.until(lambda frame: frame["type"] == "alarms" and "C3" not in lost(frame))
