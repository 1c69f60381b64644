"""`vigil region` where it cannot begin."""

import socket

from typer.testing import CliRunner

from api.cli.main import app


def test_a_port_that_is_taken_is_said_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(app, ["region", "--kafka", "127.0.0.1:1", "--port", str(port)])
    assert done.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.output


def test_open_to_others_it_wants_a_token(monkeypatch):
    monkeypatch.delenv("VIGIL_REGION_TOKEN", raising=False)
    done = CliRunner().invoke(app, ["region", "--kafka", "127.0.0.1:1", "--host", "0.0.0.0"])
    assert (done.exit_code, "VIGIL_REGION_TOKEN" in done.output) == (2, True)
