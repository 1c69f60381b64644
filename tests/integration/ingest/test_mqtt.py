"""The bridge on a real broker: it hears, it comes back after a cut, and nothing is told twice."""

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import aiomqtt
import pytest
from sqlalchemy import create_engine

from api.alarms import Alarms
from api.ingest import mqtt
from api.ingest.devices import Devices
from api.ingest.mqtt import MqttBridge
from api.ingest.mqtt_address import Broker
from api.telemetry import Telemetry
from projections.pings import open_pings
from projections.positions import LatestPositions
from tests.servers.mosquitto import running_mosquitto

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def mosquitto(tmp_path):
    with running_mosquitto(tmp_path / "mosquitto") as broker:
        yield broker


class Ear:
    """A bridge that judges what it hears, with a telemetry behind it that stores in SQLite."""

    def __init__(self, folder, broker: Broker, alarms=None):
        self.devices = Devices(create_engine(f"sqlite:///{folder / 'accounts.sqlite'}"))
        self.telemetry = Telemetry(
            LatestPositions(), open_pings(create_engine(f"sqlite:///{folder / 'telemetry.sqlite'}"))
        )
        self.refused: dict[str, int] = {}
        self.threads: set[str] = set()
        self.bridge = MqttBridge(broker, self.devices, self._take, self._refuse, "vigil-test", alarms)

    def _take(self, pings):
        self.threads.add(threading.current_thread().name)
        self.telemetry.take(pings, datetime.now(UTC))

    def _refuse(self, why, number):
        self.refused[why] = self.refused.get(why, 0) + number

    @property
    def counts(self):
        return {name: count for name, count in self.telemetry.counts.items() if count and name != "stored"}

    def stored(self, callsign="C1"):
        self.telemetry._flush()
        return self.telemetry.history.read(callsign, NOW - timedelta(days=1), NOW + timedelta(days=1))


@contextmanager
def listening(folder, broker, alarms=None):
    ear = Ear(folder, broker, alarms)
    if ear.devices.of_topic("lan/phone") is None:
        ear.devices.add_topic("C1", "lan/phone")
    ear.bridge.start()
    try:
        wait_for(lambda: ear.bridge.connected)
        yield ear
    finally:
        ear.bridge.stop()
        ear.devices.stop()


def wait_for(done, patience_s=10.0):
    until = time.monotonic() + patience_s
    while not done():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def location(second, **facts):
    at = int(NOW.timestamp()) + second
    return {"_type": "location", "lat": 10.76, "lon": 106.66 + second * 1e-5, "tst": at, **facts}


def publish(broker, *messages, topic="owntracks/lan/phone", retain=False):
    """As a phone does, QoS 1; returns when the broker has them all."""

    async def send():
        async with aiomqtt.Client(
            broker.host, broker.port, username=broker.username, password=broker.password
        ) as phone:
            for message in messages:
                payload = message if isinstance(message, bytes) else json.dumps(message)
                await phone.publish(topic, payload, qos=1, retain=retain)

    asyncio.run(send())


def test_a_phone_is_heard_in_our_units_and_only_where_it_is_known(tmp_path, mosquitto):
    with listening(tmp_path, mosquitto.broker) as ear:
        publish(mosquitto.broker, location(-2, vel=36, cog=90, acc=5), {"_type": "lwt", "tst": 1}, b"\xff")
        publish(mosquitto.broker, location(-1), topic="owntracks/somebody/else")
        publish(mosquitto.broker, location(-1), topic="owntracks/lan/phone/event")
        wait_for(lambda: ear.telemetry.positions.latest("C1") and len(ear.refused) == 2)
        ping = ear.telemetry.positions.latest("C1")
        assert ping.speed_mps == pytest.approx(10.0)
        assert (ping.at, ping.heading_deg, ping.accuracy_m) == (NOW - timedelta(seconds=2), 90, 5)
        assert ear.refused == {"unknown_device": 1, "not_understood": 1}
        assert ear.stored() == [ping]
        assert ear.threads == {"mqtt"}


def test_a_message_that_no_decoder_can_read_keeps_no_other_phone_waiting(tmp_path, mosquitto):
    with listening(tmp_path, mosquitto.broker) as ear:
        deep = b'{"_type":' + b"[" * 1000 + b"]" * 1000 + b"}"
        publish(mosquitto.broker, b'{"_type":"\xff"}', deep, location(-2))
        wait_for(lambda: ear.counts.get("latest") == 1 and ear.refused)
        assert ear.refused == {"not_understood": 2}
        assert ear.bridge.cut_since is None


def test_a_message_that_we_stumble_over_neither_cuts_the_bridge_nor_comes_again(
    tmp_path, mosquitto, monkeypatch
):
    read = mqtt.read_location

    def stumble(payload):
        if b"stone" in payload:
            raise ZeroDivisionError
        return read(payload)

    monkeypatch.setattr(mqtt, "read_location", stumble)
    with listening(tmp_path, mosquitto.broker) as ear:
        publish(mosquitto.broker, b"stone", location(-3))
        wait_for(lambda: ear.counts.get("latest") == 1 and ear.refused)
        publish(mosquitto.broker, location(-2))
        wait_for(lambda: ear.counts.get("latest") == 2)
        assert ear.refused == {"not_understood": 1}
        assert ear.bridge.cut_since is None


def test_a_broker_that_is_killed_and_comes_back_finds_the_bridge_again_and_nothing_is_doubled(
    tmp_path, mosquitto
):
    with listening(tmp_path, mosquitto.broker) as ear:
        publish(mosquitto.broker, *(location(second) for second in range(-30, -20)))
        wait_for(lambda: ear.counts.get("latest") == 10)
        mosquitto.kill()
        wait_for(lambda: not ear.bridge.connected)
        mosquitto.start()
        wait_for(lambda: ear.bridge.connected, 20)
        # A phone that had no answer sends its last ones again, then goes on.
        publish(mosquitto.broker, *(location(second) for second in range(-23, -10)))
        wait_for(lambda: ear.counts == {"latest": 20, "duplicate": 3})
        assert len(ear.stored()) == 20


def test_what_is_published_while_the_bridge_is_away_comes_when_it_is_back(tmp_path, mosquitto):
    with listening(tmp_path, mosquitto.broker) as ear:
        publish(mosquitto.broker, location(-30))
        wait_for(lambda: ear.counts.get("latest") == 1)
    publish(mosquitto.broker, *(location(second) for second in range(-29, -9)))
    with listening(tmp_path, mosquitto.broker) as ear:
        wait_for(lambda: ear.counts.get("latest") == 20)
        assert len(ear.stored()) == 20


def test_a_retained_location_comes_with_each_subscription_and_is_stored_once(tmp_path, mosquitto):
    publish(mosquitto.broker, location(-5), retain=True)
    for _ in range(2):
        with listening(tmp_path, mosquitto.broker) as ear:
            wait_for(lambda ear=ear: ear.counts == {"latest": 1})
            assert len(ear.stored()) == 1


def test_a_wrong_password_or_a_broker_that_is_away_is_an_alarm_until_it_is_over(
    tmp_path, mosquitto, monkeypatch
):
    monkeypatch.setattr(mqtt, "PATIENCE_S", 0.3)
    told = []
    alarms = Alarms(told.append)
    with listening(tmp_path, mosquitto.broker, alarms) as ear:
        ear.bridge.tend()
        assert alarms.standing == []
        mosquitto.kill()
        wait_for(lambda: not ear.bridge.connected)
        wait_for(lambda: ear.bridge.tend() or alarms.standing == ["mqtt"])
        mosquitto.start()
        wait_for(lambda: ear.bridge.tend() or alarms.standing == [], 20)
    wrong = Broker(mosquitto.broker.host, mosquitto.broker.port, username="vigil", password="guessed")
    shut_out = Ear(tmp_path, wrong, alarms)
    shut_out.bridge.start()
    try:
        wait_for(lambda: shut_out.bridge.tend() or alarms.standing == ["mqtt"])
        assert not shut_out.bridge.connected
    finally:
        shut_out.bridge.stop()
        shut_out.devices.stop()


def test_a_bridge_that_is_stopped_while_its_broker_is_away_ends_at_once(tmp_path, mosquitto):
    mosquitto.stop()
    ear = Ear(tmp_path, mosquitto.broker)
    ear.bridge.start()
    time.sleep(0.3)
    began = time.monotonic()
    ear.bridge.stop()
    assert time.monotonic() - began < 2
    assert not ear.bridge._thread.is_alive()
