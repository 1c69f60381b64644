"""A centre of a region says on its status page how its ways out are: Kafka, relay, workers, MQTT."""

import time

import httpx
import pytest

from tests.server import free_port, letter_town_ground, running_server
from tests.servers.minikafka import MiniKafka


@pytest.fixture
def kafka():
    with MiniKafka({"vigil.relay": 1, "vigil.told": 2, "vigil.pings": 2}) as kafka:
        yield kafka


def parts(server):
    told = httpx.get(f"{server.url}/status.json", trust_env=False, timeout=10).json()["parts"]
    return {part["name"]: (part["state"], part["sentence"]["en"]) for part in told}


def wait_for(look, patience_s=30.0):
    until = time.monotonic() + patience_s
    while not look():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.2)


def test_each_way_out_is_a_part_of_the_status_with_figures(tmp_path, kafka):
    ways = ("--kafka", kafka.address, "--mqtt", f"127.0.0.1:{free_port()}")
    with running_server(letter_town_ground(), tmp_path / "data", also=ways) as server:
        wait_for(lambda: parts(server)["kafka"][0] == "well")
        wait_for(lambda: "does vigil relay run" in parts(server)["relay"][1])
        assert parts(server)["relay"][0] == "late"
        assert parts(server)["workers"][0] == "well", "nobody was silent for long yet"
        assert parts(server)["mqtt"][0] == "late"
        assert parts(server)["stream"][0] == "well"
        assert parts(server)["past"][0] == "well"
        told = httpx.get(f"{server.url}/metrics", trust_env=False).text
        for line in ('vigil_part_lag_seconds{part="relay"}', "vigil_workers_silent_seconds", 'part="mqtt"'):
            assert line in told
        assert "vigil_stream_orders" not in told, "the workers of the region give the orders"
        kafka.down()
        wait_for(lambda: "does not answer" in parts(server)["relay"][1])
        assert "does not answer" in parts(server)["workers"][1]
