"""A whole centre on PostgreSQL: what is done at the desk is on the map, with the way the roads told."""

import time

import pytest

from api.postgis_projector import connected
from api.postgres.address import as_url
from tests.desk_work import DeskWork, now, point
from tests.map_tables import map_database
from tests.server import letter_town_ground, ok, running_server, vigil
from tests.small_city import where


@pytest.mark.timeout(240)
def test_a_run_sent_at_the_desk_is_on_the_map_with_its_way_and_equals_the_log(tmp_path):
    with (
        map_database() as address,
        running_server(letter_town_ground(), tmp_path / "data", address) as server,
        server.client() as client,
        connected(address) as looking,
    ):
        desk = DeskWork(client)
        desk.everybody_on_duty()
        here = {"callsign": "C1", "at": now().isoformat(), **point(where("A"))}
        ok(client.post("/pings", json=[here]), 202)
        run = desk.send(desk.incident(), "C1", hospital_id="bac", bed_kind="EmergencyDepartment")
        desk.report(run, "accepted", "en_route", "on_scene")
        found = _until(
            lambda: looking.execute(
                "SELECT route_method, ST_NPoints(route) > 1, response_s >= 0 "
                "FROM vigil_read.runs WHERE status = 'on_scene' AND route_asked_at IS NOT NULL"
            ).fetchone()
        )
        assert found == ("road", True, True)
        sources = looking.execute(
            "SELECT position_source FROM vigil_read.units WHERE callsign = 'C1'"
        ).fetchall()
        assert sources in ([("telemetry",)], [("decision",)])  # the decision went by this very ping
        assert looking.execute("SELECT count(*) FROM vigil_read.hospitals").fetchone() > (1,)
        server.stop()
        checked = vigil("project", "--db", as_url(address), "--check")
        assert checked.returncode == 0, checked.stdout


def _until(look, patience_s: float = 30.0):
    end = time.monotonic() + patience_s
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(0.05)
    return found
