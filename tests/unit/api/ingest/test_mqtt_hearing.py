"""What the bridge makes of single messages; the broker is in tests/integration/ingest."""

import logging

import aiomqtt
import pytest

from api.ingest import mqtt
from api.ingest.mqtt import MqttBridge
from api.ingest.mqtt_address import Broker
from tests.unit.api.ingest.test_fix import NOON_S

GOOD = b'{"_type":"location","lat":10.76,"lon":106.66,"tst":%d}' % NOON_S


class Book:
    """Knows one phone, and stumbles over another."""

    def of_topic(self, topic):
        if topic == "lan/broken":
            raise LookupError(topic)
        return "C1" if topic == "lan/phone" else None


class Ear:
    def __init__(self):
        self.pings, self.refused = [], {}
        self.bridge = MqttBridge(Broker("nowhere", 1883), Book(), self.pings.extend, self.refuse, "test")

    def refuse(self, why, number):
        self.refused[why] = self.refused.get(why, 0) + number

    def hear(self, *payloads, topic="owntracks/lan/phone"):
        for payload in payloads:
            self.bridge._hear(aiomqtt.Message(topic, payload, 1, False, 1, None))

    def empty(self):
        self.bridge._empty()


@pytest.fixture
def ear():
    made = Ear()
    yield made
    made.bridge._loop.close()


@pytest.mark.parametrize("payload", [b'{"_type":"\xff"}', b'{"_type":' + b"[" * 1000 + b"]" * 1000 + b"}"])
def test_a_message_that_no_decoder_can_read_is_counted_and_the_next_is_heard(ear, payload, caplog):
    ear.hear(payload, GOOD)
    ear.empty()
    assert ear.refused == {"not_understood": 1}
    assert [ping.callsign for ping in ear.pings] == ["C1"]
    assert not caplog.records  # a fault of the phone, not of ours


def test_any_fault_over_a_message_is_counted_and_told_once_and_the_next_is_heard(ear, monkeypatch, caplog):
    read = mqtt.read_location

    def stumble(payload):
        if payload == b"stone":
            raise ZeroDivisionError
        return read(payload)

    monkeypatch.setattr(mqtt, "read_location", stumble)
    with caplog.at_level(logging.WARNING, "vigil.mqtt"):
        ear.hear(b"stone", GOOD, b"stone", b"stone")
    ear.empty()
    assert ear.refused == {"not_understood": 3}
    assert len(ear.pings) == 1
    (told,) = caplog.records
    assert told.exc_info[0] is ZeroDivisionError


def test_a_fault_of_another_kind_is_told_too(ear, monkeypatch, caplog):
    def stumble(payload):
        raise {b"stone": ZeroDivisionError, b"root": KeyError}[payload]

    monkeypatch.setattr(mqtt, "read_location", stumble)
    ear.hear(b"stone", b"root", b"stone", b"root")
    assert [told.exc_info[0] for told in caplog.records] == [ZeroDivisionError, KeyError]


def test_a_book_of_devices_that_fails_stops_no_other_message(ear):
    ear.hear(GOOD, topic="owntracks/lan/broken")
    ear.hear(GOOD)
    ear.empty()
    assert (ear.refused, len(ear.pings)) == ({"not_understood": 1}, 1)


def test_counts_that_cannot_be_told_keep_no_ping_back(ear):
    def fail(why, number):
        raise OSError

    ear.bridge._refuse = fail
    ear.hear(b"{", GOOD)
    ear.empty()
    assert len(ear.pings) == 1
