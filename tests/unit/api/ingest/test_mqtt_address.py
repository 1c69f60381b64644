import pytest

from api.ingest.mqtt import Pace
from api.ingest.mqtt_address import BadBroker, read_broker


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("broker", "mqtt://broker:1883"),
        ("broker:2883", "mqtt://broker:2883"),
        ("mqtt://broker:2883", "mqtt://broker:2883"),
        ("mqtts://broker", "mqtts://broker:8883"),
        ("[::1]:1883", "mqtt://::1:1883"),
    ],
)
def test_a_broker_is_named_by_host_and_port(said, where):
    assert str(read_broker(said, {})) == where


@pytest.mark.parametrize(
    "said", ["", "http://broker", "broker:many", "broker:99999", "broker/topic", ":1883"]
)
def test_what_names_no_broker_is_refused(said):
    with pytest.raises(BadBroker, match="HOST:PORT"):
        read_broker(said, {})


def test_a_password_comes_from_the_environment_alone_and_is_never_shown():
    with pytest.raises(BadBroker, match="takes no password"):
        read_broker("mqtt://lan:secret@broker", {})
    broker = read_broker("broker", {"VIGIL_MQTT_USER": "lan", "VIGIL_MQTT_PASSWORD": "secret"})
    assert (broker.username, broker.password) == ("lan", "secret")
    assert "secret" not in repr(broker) + str(broker)


def test_only_an_encrypted_line_checks_certificates():
    assert read_broker("broker", {}).context() is None
    assert read_broker("mqtts://broker", {}).context().check_hostname


class Slow:
    """A clock that moves only when somebody waits."""

    def __init__(self):
        self.now = 100.0

    def wait(self, seconds):
        self.now += seconds


def test_a_pace_is_kept_however_fast_the_steps_come():
    slow = Slow()
    pace = Pace(1000, lambda: slow.now, slow.wait)
    for _ in range(10_000):
        pace.step()
    assert slow.now - 100.0 == pytest.approx(10, abs=0.1)


def test_who_is_slower_than_the_pace_never_waits():
    slow = Slow()
    pace = Pace(1000, lambda: slow.now, lambda seconds: pytest.fail("waited"))
    for _ in range(5_000):
        pace.step()
        slow.now += 0.002
