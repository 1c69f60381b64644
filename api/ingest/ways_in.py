"""Open the ways in of a centre: the book of devices, the bridge to an MQTT broker, and on to the region."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from api.centre import Centre
from api.hand import now
from api.ingest import mqtt_address
from api.ingest.devices import Devices
from api.ingest.door import count_refused, hear
from api.ingest.mqtt import MqttBridge
from api.ingest.mqtt_address import Broker
from api.ingest.to_kafka import PingPublisher
from api.observe.of_region import watch_region
from api.observe.of_ways import of_mqtt
from api.streams import broker_settings
from api.streams.broker_settings import DEFAULT_PREFIX, BrokerSettings
from api.streams.presence import LoopPulse
from api.streams.region_watch import RegionWatch
from projections.positions import Ping


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways are open beside HTTP.

    name      : the centre's, in the region; empty: the city's
    keep_days : how many whole days of pings are kept beside the present one; None keeps all
    """

    mqtt: Broker | None = None
    kafka: BrokerSettings | None = None
    name: str = ""
    keep_days: int | None = None


class BadWay(ValueError):
    """A way in is named so that it cannot be opened; the sentence says why."""


def read_ways(
    mqtt: str | None, kafka: str | None, name: str, keep_days: int | None, prefix: str = DEFAULT_PREFIX
) -> Ways:
    """Of the command line; what is secret comes from the environment. Raises BadWay.

    prefix : of the names of the region's topics
    """
    try:
        return Ways(
            mqtt=mqtt_address.read_broker(mqtt, os.environ) if mqtt else None,
            kafka=broker_settings.read_broker(kafka, prefix) if kafka else None,
            name=name,
            keep_days=keep_days,
        )
    except (mqtt_address.BadBroker, broker_settings.BadBroker) as fault:
        raise BadWay(str(fault)) from None


def open_ways(centre: Centre, ways: Ways, devices: Devices) -> None:
    """Begin to hear. The telemetry tends what is opened here, and stops it before itself."""
    telemetry, name = centre.telemetry, ways.name or centre.city.id
    telemetry.devices = devices
    telemetry.attach(devices)
    if ways.kafka is not None:
        publisher = PingPublisher(ways.kafka, name)
        telemetry.follow(publisher.offer)
        telemetry.attach(publisher)
        publisher.start()
        region = RegionWatch(ways.kafka, name, LoopPulse(lambda: centre.feed.loop))
        telemetry.attach(region)
        region.start()
        watch_region(centre.vitals, region, publisher, centre.desk.log, now)
    if ways.mqtt is not None:

        def take(pings: Sequence[Ping]) -> None:
            hear(centre, enumerate(pings), "mqtt", now())

        def refuse(why: str, number: int) -> None:
            count_refused("mqtt", why, number)

        bridge = MqttBridge(ways.mqtt, devices, take, refuse, f"vigil-{name}", centre.alarms)
        telemetry.attach(bridge)
        bridge.start()
        centre.vitals.register("mqtt", lambda: of_mqtt(bridge))
