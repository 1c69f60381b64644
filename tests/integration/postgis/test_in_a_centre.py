"""A whole centre on PostgreSQL: what is done at the desk is on the map, with the way the roads told."""

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from psycopg import Connection

from api.postgis_projector import connected
from api.postgres.address import as_url
from tests.desk_work import DeskWork, now
from tests.map_tables import map_database
from tests.server import letter_town_ground, running_server, vigil
from tests.small_city import where

NEAR_M = 30
FAR = "ST_Distance({}::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography)"


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
        left_at = now() - timedelta(seconds=60)  # nobody is at the other end of the town in a moment
        desk.ping("C1", where("A"), at=left_at.isoformat())
        run = desk.send(desk.incident(where("T")), "C1", hospital_id="bac", bed_kind="EmergencyDepartment")
        desk.report(run, "accepted", "en_route", "on_scene")
        found = _until(
            lambda: looking.execute(
                "SELECT route_method, response_s >= 0, start_at, "
                f"{FAR.format('ST_StartPoint(route)')}, {FAR.format('ST_EndPoint(route)')} "
                "FROM vigil_read.runs WHERE status = 'on_scene' AND route_asked_at IS NOT NULL",
                (*lonlat("A"), *lonlat("T")),
            ).fetchone()
        )
        assert found is not None
        method, answered, start_at, from_start_m, from_scene_m = found
        assert (method, answered, start_at) == ("road", True, left_at)
        assert from_start_m < NEAR_M
        assert from_scene_m < NEAR_M
        # Telemetry and the decision, which went by this very ping, tell the same place: either may be first.
        assert _unit(looking, "A") in {(source, True, left_at) for source in ("telemetry", "decision")}
        arrived_at = now()
        desk.ping("C1", where("T"), at=arrived_at.isoformat())
        assert _until(lambda: _unit(looking, "T") == ("telemetry", True, arrived_at) or None)
        live = desk.row("units", "C1")
        shown = looking.execute(
            "SELECT status, run_id::text, milestone FROM vigil_read.units WHERE callsign = 'C1'"
        ).fetchone()
        assert shown == (live["status"], live["run_id"], "on_scene")
        assert shown == ("SC", run["run_id"], "on_scene")
        assert looking.execute("SELECT count(*) FROM vigil_read.hospitals").fetchone() == (3,)
        server.stop()
        checked = vigil("project", "--db", as_url(address), "--check")
        assert checked.returncode == 0, checked.stdout


def lonlat(letter: str) -> tuple[float, float]:
    return where(letter).lon, where(letter).lat


def _unit(looking: Connection[Any], letter: str) -> tuple[str, bool, datetime] | None:
    """Who told last where C1 is, whether that is at this corner, and of what time it is."""
    return looking.execute(
        f"SELECT position_source, {FAR.format('position')} < {NEAR_M}, position_at "
        "FROM vigil_read.units WHERE callsign = 'C1'",
        lonlat(letter),
    ).fetchone()


def _until(look, patience_s: float = 30.0):
    end = time.monotonic() + patience_s
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(0.05)
    return found
