"""The relay of a centre has died, its desks work on: the workers write nothing that is not so any more."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from projections.streams.effects import Alert, Proposal
from tests.desk_work import DeskWork
from tests.impatient_city import impatient
from tests.integration.streams.relay_process import RelayProcess
from tests.server import ROOT, VIGIL, letter_town_ground, ok, running_server
from tests.servers.minikafka import MiniKafkaProcess
from tests.stream_region import StreamRegion

SHORT_S = {"acknowledge_amber_s": 1, "acknowledge_red_s": 2}
"""Crews of this city answer within two seconds."""
NOTICES: Any = msgspec.json.Decoder(Alert | Proposal)


@contextmanager
def a_worker(stand: StreamRegion, url: str, cities: Path, folder: Path) -> Iterator[None]:
    order = [*VIGIL, "stream", "--kafka", stand.broker.address, "--host", "plain", "--centre", "letters"]
    order += ["--cities", str(cities), "--back", f"letters={url}"]
    account = {"VIGIL_CENTRE_USER": "dispatcher", "VIGIL_CENTRE_PASSWORD": "demo"}
    with (folder / "worker.log").open("wb") as said:
        worker = subprocess.Popen(order, cwd=ROOT, stdout=said, stderr=said, env={**os.environ, **account})
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(15)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def notes(client: Any, incident: dict[str, Any]) -> list[str]:
    entries = ok(client.get(f"/incidents/{incident['id']}/timeline"))
    return [entry["text"]["en"] for entry in entries if entry["topic"] == "Incident.Noted"]


def red(stand: StreamRegion) -> set[str]:
    """Of which runs the streams have said that they are late by the red limit."""
    found = [NOTICES.decode(value) for value in stand.values("alerts")]
    return {each.subject for each in found if isinstance(each, Alert) and each.level == "red"}


def all_told(stand: StreamRegion) -> bool:
    """Whether the worker has been through with all that stands in the alerts' topic."""

    async def ask() -> bool:
        places = [TopicPartition(stand.broker.topic("alerts"), number) for number in range(stand.partitions)]
        group = stand.broker.topic("back.letters")
        consumer = AIOKafkaConsumer(**stand.broker.options(), group_id=group, enable_auto_commit=False)
        await consumer.start()
        try:
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
            return all([(await consumer.committed(place) or 0) >= end for place, end in ends.items()])
        finally:
            await consumer.stop()

    return asyncio.run(ask())


def wait_for(look: Any, folder: Path, patience_s: float = 60.0) -> None:
    until = time.monotonic() + patience_s
    while not look():
        assert time.monotonic() < until, (folder / "worker.log").read_text()[-3000:]
        time.sleep(0.3)


@pytest.mark.timeout(300)
def test_what_was_answered_since_the_relay_died_is_not_called_late(tmp_path: Path):
    ground = impatient(letter_town_ground(), tmp_path, SHORT_S)
    data = tmp_path / "data"
    with (
        MiniKafkaProcess() as kafka,
        running_server(ground, data, also=("--arrivals", "none")) as server,
        server.client() as client,
    ):
        stand = StreamRegion(kafka.address, tmp_path)
        stand.set_up()
        desk = DeskWork(client)
        desk.everybody_on_duty()
        answered, unanswered = desk.incident(), desk.incident()
        runs = desk.send(answered, "C1"), desk.send(unanswered, "C2")
        relay = RelayProcess(data, stand.broker, "--centre", "letters", "--once")
        assert relay.end() == 0, relay.said
        desk.report(runs[0], "accepted", "en_route", "on_scene")  # of which the region never hears
        with a_worker(stand, server.url, ground.cities, tmp_path):
            wait_for(lambda: red(stand) >= {run["run_id"] for run in runs}, tmp_path)
            wait_for(lambda: all_told(stand), tmp_path)
        (note,) = notes(client, unanswered)
        assert "Has not acknowledged since" in note
        assert notes(client, answered) == []
