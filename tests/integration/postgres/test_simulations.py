"""Simulations are files wherever the log is kept: with PostgreSQL they are as with SQLite."""

from tests.desk_work import DeskWork
from tests.integration.api.test_simulations import asked, ground, recorded, until
from tests.server import ok, running_server
from tests.small_city import where

__all__ = ["ground"]


def test_a_simulation_beside_a_centre_on_postgresql(ground, address, tmp_path):
    data = tmp_path / "data"
    with running_server(ground, data, address) as server:
        before = server.position()
        with server.client("planner") as client:
            body = asked(replications=2)
            ok(client.post("/simulations", json=body), 202)
            told = until(client, body["id"], "done")
        assert told["results"]["rivals"]
        assert server.told_since(before) == []
        assert (data / "simulations" / "asked" / body["id"] / "results.json").is_file()
        server.stop()
        server.start()
        with server.client("planner") as client:
            assert ok(client.get(f"/simulations/{body['id']}"))["results"] == told["results"]


def test_a_day_of_a_log_in_postgresql_is_played_again_and_no_file_holds_its_password(
    ground, address, tmp_path
):
    data = tmp_path / "data"
    with running_server(ground, data, address) as server:
        with server.client() as client:
            DeskWork(client).incident(where("B"), "P2")
        with server.client("planner") as client:
            today = ok(client.get("/simulations/choices"))["recorded"]["last"]
            body = recorded(today)
            ok(client.post("/simulations", json=body), 202)
            told = until(client, body["id"], "done")
    assert told["results"]["rivals"][0]["figures"]["calls"]["mean"] >= 1, "a day"
    order = (data / "simulations" / "asked" / body["id"] / "order.json").read_text(encoding="utf-8")
    assert "password" not in order
    assert address.dbname not in order
