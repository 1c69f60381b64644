"""`vigil region` where it cannot begin, and how it ends."""

import signal
import socket
import subprocess
import time

import httpx
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from tests.server import ROOT, VIGIL, free_port


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


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_ends_with_0_and_in_silence(sign):
    port = free_port()
    order = [*VIGIL, "region", "--kafka", "127.0.0.1:1", "--port", str(port)]
    region = subprocess.Popen(order, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        _answers(f"http://127.0.0.1:{port}/healthz", region)
        region.send_signal(sign)
        _, said = region.communicate(timeout=30)
    finally:
        region.kill()
    assert region.returncode == 0
    assert "Traceback" not in said


def _answers(url, process):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "it has ended"
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("it does not answer")
