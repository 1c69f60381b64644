"""A checkpoint that cannot be read ends the relay with a sentence: to try again would change nothing."""

import pytest
import typer
from typer.testing import CliRunner

from api.cli.relay_command import relay
from api.streams.broker_settings import BrokerSettings
from api.streams.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint
from api.streams.set_up import Plan, set_up
from tests.brokers import run, send_all
from tests.integration.streams.centre_logs import Shifts, a_log
from tests.servers.minikafka import MiniKafka

GOOD = b'{"centre":"saigon","seq":7,"id":"x","version":1}'
SPOILT = [b"no JSON", b'{"centre":"\xff"}', b'{"seq":"seven","centre":"saigon"}', b"[" * 5000]


@pytest.fixture
def kafka():
    with MiniKafka() as kafka:
        run(set_up(BrokerSettings(kafka.address), Plan(partitions=1)))
        yield kafka


def said(kafka, *values):
    broker = BrokerSettings(kafka.address)
    run(send_all(broker, "vigil.relay", *((b"saigon", value) for value in values)))
    return run(read_checkpoint(broker, "saigon"))


def test_one_that_cannot_be_read_is_named(kafka):
    for value in SPOILT:
        with pytest.raises(BadCheckpoint, match=r"Topic vigil\.relay, partition 0, record \d+ should say"):
            said(kafka, value)


def test_only_the_newest_counts_and_an_empty_one_is_the_beginning(kafka):
    assert said(kafka, SPOILT[0], GOOD).seq == 7
    assert said(kafka, SPOILT[1], None) == Checkpoint("saigon", 0)


def test_the_relay_ends_with_the_sentence(tmp_path, kafka):
    app = typer.Typer()
    app.command()(relay)
    run(send_all(BrokerSettings(kafka.address), "vigil.relay", (b"saigon", SPOILT[1])))
    with a_log(tmp_path) as log:
        Shifts(log)
        order = ["--kafka", kafka.address, "--data", str(tmp_path), "--centre", "saigon"]
        answer = CliRunner().invoke(app, order)
    assert answer.exit_code == 2
    assert "Topic vigil.relay, partition 0, record" in answer.output
    assert "Traceback" not in answer.output
