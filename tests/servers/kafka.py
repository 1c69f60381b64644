"""A real Kafka in KRaft mode for tests, on loopback: one broker a session, or three for tests of failure.

Its jars come from Maven Central by `scripts/kafka fetch`. Where that cannot be, tests skip with the reason.
As a program it runs until it is told to end: `python -m tests.servers.kafka [NODES]`.
"""

import asyncio
import atexit
import base64
import logging
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp
from threading import Event
from uuid import uuid4

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from tests.servers.kafka_node import Node, NodeFault

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
PREFIXES = count(1)


class NoKafka(RuntimeError):
    """There is no Kafka here; the sentence says why."""


class Kafka:
    """Brokers of one cluster, each its own controller. Three of them keep three copies and want two."""

    def __init__(self, folder: Path, nodes: int = 1) -> None:
        libs, ports = jars(), _free_ports(2 * nodes)
        self._brokers, controllers = ports[:nodes], ports[nodes:]
        voters = ",".join(f"{i}@127.0.0.1:{port}" for i, port in enumerate(controllers, 1))
        self.nodes = [
            Node(libs, folder / str(i), _settings(i, broker, controller, voters, nodes))
            for i, (broker, controller) in enumerate(zip(self._brokers, controllers, strict=True), 1)
        ]

    @property
    def address(self) -> str:
        """Of all brokers, with commas."""
        return ",".join(f"127.0.0.1:{port}" for port in self._brokers)

    @property
    def copies(self) -> int:
        """How many copies a topic may have."""
        return len(self.nodes)

    def start(self) -> str:
        cluster = _cluster_id()
        with ThreadPoolExecutor(len(self.nodes)) as pool:
            list(pool.map(lambda node: node.format(cluster), self.nodes))
        for node in self.nodes:
            node.start()
        self.wait(len(self.nodes))
        return self.address

    def wait(self, brokers: int) -> None:
        """Until each of the brokers that run knows that many. Raises NodeFault."""
        until = time.monotonic() + START_S
        for node, port in zip(self.nodes, self._brokers, strict=True):
            while node.running and asyncio.run(_known(f"127.0.0.1:{port}")) < brokers:
                if time.monotonic() > until:
                    raise NodeFault(f"Kafka does not answer: {node.said()}")
                time.sleep(0.1)
        if not any(node.running for node in self.nodes):
            raise NodeFault(f"Kafka does not start: {self.nodes[0].said()}")

    def stop(self) -> None:
        for node in self.nodes:
            node.kill()  # in order, the last would wait for a quorum that is gone


@cache
def one_kafka() -> Kafka:
    """The broker of this test session. Skips the test where there can be none."""
    return _of_session(1)


@cache
def three_kafkas() -> Kafka:
    """Three brokers for this test session: topics may have three copies, two must be written."""
    return _of_session(3)


def fresh_prefix() -> str:
    """For topics, groups and transactional ids of one test, on a broker that others use too."""
    return f"test{next(PREFIXES)}-{uuid4().hex[:6]}."


@cache
def jars() -> Path:
    """The folder of Kafka's jars, fetched if need be. Raises NoKafka."""
    for program in ("java", "mvn"):
        if which(program) is None and not (program == "mvn" and _libs().is_dir()):
            raise NoKafka(f"There is no {program} on this machine, so no real Kafka.")
    fetched = subprocess.run([ROOT / "scripts" / "kafka", "fetch"], capture_output=True, text=True)
    if fetched.returncode != 0:
        raise NoKafka(fetched.stderr.strip() or "Kafka could not be fetched.")
    return _libs()


def _libs() -> Path:
    return ROOT / ".kafka" / "libs"


def _of_session(nodes: int) -> Kafka:
    folder = Path(mkdtemp(prefix="vigil-kafka-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    try:
        kafka = Kafka(folder, nodes)
        atexit.register(kafka.stop)  # runs before the folder is removed
        kafka.start()
    except (NoKafka, NodeFault) as reason:
        pytest.skip(str(reason))
    return kafka


def _settings(number: int, broker: int, controller: int, voters: str, nodes: int) -> dict[str, str]:
    copies, needed = str(nodes), str(min(2, nodes))
    return {
        "process.roles": "broker,controller",
        "node.id": str(number),
        "listeners": f"PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{broker}",
        "inter.broker.listener.name": "PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "controller.quorum.voters": voters,
        "auto.create.topics.enable": "false",
        "default.replication.factor": copies,
        "min.insync.replicas": needed,
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": "4",  # few, so that the first group is quick
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": needed,
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": needed,
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
        "log.cleaner.backoff.ms": "2000",
        "replica.lag.time.max.ms": "5000",
    }


def _cluster_id() -> str:
    """22 characters, as Kafka wants it; none of them a dash in front."""
    return "v" + base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")[1:]


def _free_ports(wanted: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(wanted)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


async def _known(address: str) -> int:
    """How many brokers the cluster believes to have, 0 where nobody answers."""
    client = AIOKafkaAdminClient(bootstrap_servers=address, request_timeout_ms=3000)
    try:
        await client.start()
        return len((await client.describe_cluster())["brokers"])
    except Exception:  # aiokafka stumbles in many ways over a broker that half knows its cluster
        return 0
    finally:
        await client.close()


def main() -> None:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that nobody answers yet is no news
    ended = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: ended.set())
    folder = Path(mkdtemp(prefix="vigil-kafka-"))
    try:
        kafka = Kafka(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 1)
        try:
            print(kafka.start(), flush=True)
            ended.wait()
        finally:
            kafka.stop()
    except (NoKafka, NodeFault) as fault:
        sys.exit(str(fault))
    finally:
        rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
