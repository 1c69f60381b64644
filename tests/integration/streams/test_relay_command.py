"""`vigil relay` as people start it."""

import re
import socket
import threading
import time

import httpx
import pytest
import typer
from prometheus_client import CollectorRegistry, generate_latest
from typer.testing import CliRunner

from api.city_of_log import Folder
from api.cli.relay_command import relay
from api.postgres.address import as_url
from api.postgres.migrate import migrate
from api.streams.broker_settings import BrokerSettings
from api.streams.relay_figures import RelayCollector, RelayFigures
from api.streams.set_up import Plan, set_up
from dispatch.application import postgres_log
from tests.brokers import read_all, run
from tests.builders import NOON, seconds
from tests.integration.streams.centre_logs import Shifts, a_log, each_once_and_in_order, envelopes
from tests.integration.streams.relay_process import RelayProcess
from tests.postgres import fresh_database
from tests.servers.minikafka import MiniKafka

app = typer.Typer()
app.command()(relay)


@pytest.fixture
def kafka():
    with MiniKafka() as kafka:
        run(set_up(BrokerSettings(kafka.address), Plan(partitions=3)))
        yield kafka


def ask(kafka, *words):
    return CliRunner().invoke(app, ["--kafka", kafka.address, *map(str, words)])


def arrived(kafka):
    return envelopes(run(read_all(BrokerSettings(kafka.address), "vigil.events")))


def test_a_folder_is_relayed_under_the_name_of_its_city(tmp_path, kafka):
    Folder(tmp_path).note_owner("hcmc demo")
    with a_log(tmp_path) as log:
        Shifts(log).change(3)
        answer = ask(kafka, "--data", tmp_path, "--once")
        assert (answer.exit_code, answer.output.splitlines()[-1]) == (
            0, "hcmc: sent 40 events; stands at 40."
        )  # fmt: skip
        found = arrived(kafka)
        assert {each.centre for each in found} == {"hcmc"}
        each_once_and_in_order(found, log)


def test_a_database_is_relayed_under_the_name_of_its_city(tmp_path, kafka):
    with fresh_database() as address:
        nothing = ask(kafka, "--db", as_url(address), "--data", tmp_path, "--once")
        assert nothing.exit_code == 2
        assert "There is no event log in postgresql://" in nothing.output
        migrate(address)
        from api.postgres.engine import postgres_engine
        from api.postgres.place import Database

        engine = postgres_engine(address)
        Database(engine, address).note_owner("hcmc")
        engine.dispose()
        with postgres_log(address.libpq) as log:
            Shifts(log).change(3)
            answer = ask(kafka, "--db", as_url(address), "--data", tmp_path, "--once")
            assert answer.output.splitlines()[-1] == "hcmc: sent 40 events; stands at 40."
            each_once_and_in_order(arrived(kafka), log)


def test_a_restored_log_is_refused_with_a_sentence(tmp_path, kafka):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, changes in ((before, 5), (after, 2)):
        folder.mkdir()
        with a_log(folder) as log:
            Shifts(log).change(changes)
    assert ask(kafka, "--data", before, "--centre", "hcmc", "--once").exit_code == 0
    answer = ask(kafka, "--data", after, "--centre", "hcmc", "--once")
    assert answer.exit_code == 3
    assert "Kafka at" in answer.output
    assert "which is not in this log" in answer.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--centre", "hcmc"], "There is no event log in"),
        (["--centre", "Sài Gòn"], "There is no event log in"),
        (["--db", "mysql://x/y"], "--db knows sqlite, auto and postgresql://"),
        (["--kafka", "nowhere"], "--kafka wants HOST:PORT"),
        (["--prefix", "a b"], "A prefix has letters"),
    ],
)
def test_bad_words_get_a_sentence_and_leave_nothing_behind(tmp_path, kafka, words, said):
    answer = ask(kafka, "--data", tmp_path, "--once", *words)
    assert answer.exit_code == 2
    assert said in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_none_is_refused(tmp_path, kafka):
    with a_log(tmp_path):
        pass
    for words in ([], ["--centre", "Sài Gòn"]):
        answer = ask(kafka, "--data", tmp_path, "--once", *words)
        assert answer.exit_code == 2
        assert "A centre's name has letters" in answer.output


def test_prometheus_is_told_and_the_process_ends_in_order(tmp_path, kafka):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with a_log(tmp_path) as log:
        Shifts(log)
        process = RelayProcess(tmp_path, BrokerSettings(kafka.address), "--metrics", str(port))
        try:
            process.wait_until_it_follows()
            told = _until(lambda: httpx.get(f"http://127.0.0.1:{port}/metrics").text, "events_total", "10.0")
            assert re.search(r'vigil_relay_position\{centre="saigon"\} 10.0', told)
        finally:
            assert process.stop() == 0
        assert process.said[-1] == "saigon: sent 10 events; stands at 10."


def test_the_figures_of_the_relay_have_the_names_that_alerts_ask_for():
    registry = CollectorRegistry()
    figures = RelayFigures("saigon", position=40, end=100, oldest_waiting=NOON, events_sent=7)
    registry.register(RelayCollector(figures, lambda: seconds(12)))
    told = generate_latest(registry).decode()
    for line in ("position{centre=\"saigon\"} 40.0", "lag_events{centre=\"saigon\"} 60.0",
                 "lag_seconds{centre=\"saigon\"} 12.0", "events_total{centre=\"saigon\"} 7.0"):  # fmt: skip
        assert f"vigil_relay_{line}\n" in told


def test_a_database_that_is_away_is_waited_for_until_somebody_asks_it_to_end(tmp_path, kafka):
    process = RelayProcess(tmp_path, BrokerSettings(kafka.address), "--db", "postgresql://v@127.0.0.1:1/v")
    waiting = threading.Event()
    for _ in range(300):
        if any("There is no answer from" in line and "waiting" in line for line in process.said):
            waiting.set()
            break
        time.sleep(0.1)
    ended_with = process.stop()
    assert waiting.is_set(), process.said
    assert ended_with == 0, "asked to end, it did not"


def _until(look, name, value):
    for _ in range(100):
        told = look()
        if re.search(rf"vigil_relay_{name}\S* {value}", told):
            return told
        time.sleep(0.1)
    raise AssertionError(told)
