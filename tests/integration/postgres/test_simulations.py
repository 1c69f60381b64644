"""Simulations are files wherever the log is kept: with PostgreSQL they are as with SQLite."""

from tests.integration.api.test_simulations import asked, ground, until
from tests.server import ok, running_server

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
        assert server.position() == before
        assert (data / "simulations" / "asked" / body["id"] / "results.json").is_file()
        server.stop()
        server.start()
        with server.client("planner") as client:
            assert ok(client.get(f"/simulations/{body['id']}"))["results"] == told["results"]
