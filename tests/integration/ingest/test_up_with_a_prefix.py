"""`vigil up --kafka … --prefix …`: two regions share a Kafka, and each has the centres that are its own."""

import json
import time
from datetime import UTC, datetime

import pytest

from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up
from tests.brokers import read_all, run
from tests.integration.ingest.test_mqtt import wait_for
from tests.server import free_port, letter_town_ground, ok, running_server, vigil
from tests.servers.minikafka import MiniKafka
from tests.small_city import where


@pytest.mark.timeout(120)
def test_positions_and_signs_of_life_go_to_the_topics_of_the_region_that_was_named(tmp_path):
    with MiniKafka() as kafka:
        usual, north = BrokerSettings(kafka.address), BrokerSettings(kafka.address, "north.")
        for region in (usual, north):
            run(set_up(region, Plan(partitions=2)))

        def said(region, topic):
            """Beside the seeds that `vigil stream init` lays."""
            values = [json.loads(record.value) for record in run(read_all(region, region.topic(topic)))]
            return [value for value in values if "centre" in value]

        ways = ("--kafka", kafka.address, "--prefix", "north.", "--centre", "saigon")
        with (
            running_server(letter_town_ground(), tmp_path / "data", also=ways) as server,
            server.client() as desk,
        ):
            here, at = where("A"), datetime.now(UTC).isoformat()
            ping = {"callsign": "T1", "at": at, "lat": here.lat, "lon": here.lon}
            ok(desk.post("/pings", json=[ping]), 202)
            wait_for(lambda: said(north, "pings"), 20)
            wait_for(lambda: said(north, "centres"), 20)
            time.sleep(1.0)
        ((told,), (first, *_)) = said(north, "pings"), said(north, "centres")
        assert (told["centre"], told["callsign"], told["lat"]) == ("saigon", "T1", here.lat)
        assert first["centre"] == "saigon"
        assert said(usual, "pings") == said(usual, "centres") == []


def test_a_prefix_that_no_topic_may_have_is_refused_before_anything_is_opened(tmp_path):
    done = vigil(
        "up", "--kafka", "127.0.0.1:9092", "--prefix", "a b", "--data", tmp_path, "--port", free_port()
    )
    assert done.returncode == 2
    assert "A prefix has letters" in done.stderr
    assert list(tmp_path.iterdir()) == []
