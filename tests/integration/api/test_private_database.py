"""`vigil up --db auto`: a server that a killed Vigil left behind is taken over by the next one."""

import os

import pytest

from api.postgres.binaries import find_binaries
from tests.desk_work import DeskWork
from tests.server import letter_town_ground, ok, running_server


@pytest.mark.slow
def test_the_next_start_takes_over_the_database_of_one_that_was_killed(tmp_path):
    if find_binaries() is None:
        pytest.skip("There is no PostgreSQL with PostGIS on this machine.")
    data = tmp_path / "data"
    pid_file = data / "postgres" / "cluster" / "postmaster.pid"

    def postmaster():
        return int(pid_file.read_text(encoding="utf-8").splitlines()[0])

    with running_server(letter_town_ground(), data, also=("--db", "auto")) as server:
        with server.client() as client:
            call = DeskWork(client).call()
        before = postmaster()
        server.kill()
        os.kill(before, 0)  # it outlived its starter
        server.start()
        assert postmaster() == before, "taken over, not doubled"
        with server.client() as client:
            assert call["id"] in {row["id"] for row in ok(client.get("/calls"))}
            DeskWork(client).call()
        server.stop()
    assert not pid_file.exists(), "in order, the one that took it over ends it"
