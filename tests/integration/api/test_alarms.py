"""When the road engine fails every screen is told at once, in both languages, and again when it answers."""

import sys

import pytest

from tests import server as servers
from tests.desk_work import DeskWork
from tests.feed_reader import listening
from tests.roads_that_fail import SWITCH
from tests.server import ROOT, ok, running_server
from tests.small_city import where


@pytest.fixture
def fragile(tmp_path, monkeypatch):
    """A server whose roads fail while the switch lies there; the server and the switch."""
    switch = tmp_path / "roads-fail"
    monkeypatch.setenv(SWITCH, str(switch))
    ground = servers.letter_town_ground()
    monkeypatch.setattr(servers, "VIGIL", [sys.executable, str(ROOT / "tests" / "roads_that_fail.py")])
    with running_server(ground, tmp_path / "data") as server:
        yield server, switch


def alarms(frame):
    return frame["type"] == "alarms"


def test_a_failing_road_engine_is_an_alarm_on_every_screen_until_it_answers_again(fragile):
    server, switch = fragile
    with server.client() as client:
        desk = DeskWork(client)
        desk.everybody_on_duty()
        desk.ping("C1", where("A"))
        incident = desk.incident(where("T"))
        with listening(server.socket_url()) as feed, listening(server.socket_url("crew")) as crew:
            assert feed.until(alarms)["alarms"] == []
            crew.until(alarms)
            switch.touch()
            ok(client.get(f"/incidents/{incident['id']}/recommendation"))
            for screen in (feed, crew):
                [alarm] = screen.until(alarms)["alarms"]
                assert alarm["code"] == "roads"
                assert "straight-line" in alarm["text"]["en"]
                assert "đường chim bay" in alarm["text"]["vi"]
            with listening(server.socket_url("supervisor")) as late:
                assert late.until(alarms)["alarms"] == [alarm], "who comes later is told as well"
            switch.unlink()
            # Nobody asks for a way now: the service tries by itself.
            assert feed.until(alarms)["alarms"] == []
            assert crew.until(alarms)["alarms"] == []
