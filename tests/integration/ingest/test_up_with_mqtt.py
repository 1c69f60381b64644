"""`vigil up --mqtt`: from a phone through a real broker to the screens of the service."""

import time

import pytest

from tests.integration.ingest.test_mqtt import location, publish, wait_for
from tests.server import Server, letter_town_ground, ok, vigil
from tests.servers.mosquitto import running_mosquitto
from tests.small_city import where


@pytest.mark.slow
def test_a_phone_moves_its_unit_on_the_screens_also_after_the_broker_was_killed(tmp_path, monkeypatch):
    with running_mosquitto(tmp_path / "mosquitto") as mosquitto:
        monkeypatch.setenv("VIGIL_MQTT_USER", mosquitto.broker.username)
        monkeypatch.setenv("VIGIL_MQTT_PASSWORD", mosquitto.broker.password)
        server = Server(
            letter_town_ground(), tmp_path / "data", also=("--mqtt", f"127.0.0.1:{mosquitto.port}")
        )
        done = vigil("device", "add", "T1", "--owntracks", "lan/phone", "--data", server.data)
        assert done.returncode == 0, done.stderr
        try:
            server.start()
            with server.client() as client:
                here = where("A")

                def tell():
                    now_s = int(time.time()) - int(location(0)["tst"])
                    publish(mosquitto.broker, location(now_s, lat=here.lat, lon=here.lon, vel=18))
                    return now_s + location(0)["tst"]

                def seen_at():
                    row = next(row for row in ok(client.get("/units")) if row["callsign"] == "T1")
                    return row["position"]

                tell()
                wait_for(lambda: seen_at() is not None, 20)
                assert seen_at()["speed_mps"] == pytest.approx(5.0)
                before = seen_at()["at"]
                mosquitto.kill()
                mosquitto.start()
                wait_for(lambda: tell() and seen_at()["at"] > before, 30)
        finally:
            server.stop()
        assert mosquitto.broker.password not in server.said()
