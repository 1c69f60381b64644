"""Every process of an installation writes its log alike: lines for people, or JSON, and nobody's name."""

import json
import os
import signal
import subprocess

import httpx
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from tests.server import ROOT, VIGIL, free_port
from tests.servers.minikafka import MiniKafka

NOBODY = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("relay", ["--kafka", NOBODY, "--db", "sqlite", "--data", "/nowhere"]),
        ("project", ["--db", "no address"]),
        ("region", ["--kafka", "no address:no port"]),
    ],
)
def test_a_process_writes_its_log_as_all_do_before_it_does_anything(monkeypatch, command, words):
    asked = []
    monkeypatch.setattr(f"api.cli.{command}_command.set_up_logs", asked.append)
    answer = CliRunner().invoke(app, [command, *words])
    assert answer.exit_code == 2, answer.output
    assert asked == [os.environ]


def test_a_worker_writes_json_where_that_is_wanted_and_shows_its_figures():
    topics = ("events", "pings", "told", "stream-state-changelog")
    others = ("fleet", "alerts", "figures", "dead-letters")
    with MiniKafka({f"vigil.{name}": 2 for name in (*topics, *others)}) as kafka:
        worker = subprocess.Popen(
            [
                *VIGIL,
                "stream",
                "--kafka",
                kafka.address,
                "--host",
                "plain",
                "--metrics",
                str(port := free_port()),
                "--back",
                "letters=http://127.0.0.1:1",
            ],
            cwd=ROOT,
            env={**os.environ, "VIGIL_LOG": "json", "VIGIL_CENTRE_TOKEN": "secret"},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            lines = (json.loads(line) for line in worker.stderr)
            line = next(line for line in lines if line["said"].startswith("Partitions [0, 1]"))
            told = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(20)
            worker.stderr.close()
    assert line["part"] == "vigil.streams"
    assert 'vigil_back_notices_total{centre="letters",outcome="refused"} 0.0' in told
    assert "process_start_time_seconds" in told
