"""One centre with all its parts: PostgreSQL, Kafka, the API, the projector, the relay, a stream worker."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.postgres.address import Address, as_url
from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, set_up
from tests.chaos.impatient import impatient
from tests.chaos.pieces import Piece
from tests.chaos.private_cluster import PrivateCluster
from tests.server import Ground, Server, free_port
from tests.servers.kafka import Kafka

CENTRE = "letters"
TELLS_AS = {"VIGIL_CENTRE_USER": "dispatcher", "VIGIL_CENTRE_PASSWORD": "demo"}
"""Who the worker is where it tells the centre what it found."""


@dataclass
class World:
    """Everything that may be struck."""

    cluster: PrivateCluster
    database: Address
    server: Server
    projector: Piece
    kafka: Kafka | None = None
    relay: Piece | None = None
    worker: Piece | None = None

    @property
    def pieces(self) -> list[Piece]:
        return [piece for piece in (self.projector, self.relay, self.worker) if piece is not None]

    def revive(self, api: bool = True) -> list[str]:
        """Start what does not run; the names of parts that had ended by themselves.

        api : whether to look at the API, too; not while somebody else is opening it
        """
        ended = [piece.name for piece in self.pieces if not piece.alive]
        for piece in self.pieces:
            if not piece.alive:
                piece.start()
        if api and (self.server.process is None or self.server.process.poll() is not None):
            ended.append("api")
            self.server.start()
        return ended


@contextmanager
def a_world(ground: Ground, folder: Path, brokers: int) -> Iterator[World]:
    """Build it in a folder, and take it down whatever happened. No broker: no relay and no worker either."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        ground = impatient(ground, folder)
        cluster = PrivateCluster(folder / "postgres")
        database = cluster.start()
        stack.callback(cluster.stop)
        db = ("--db", as_url(database))
        server = Server(ground, folder / "data", port=free_port(), database=database)
        kafka = relay = worker = None
        address: tuple[str, ...] = ()
        if brokers:
            kafka = Kafka(folder / "kafka", brokers)
            stack.callback(kafka.stop)
            address = ("--kafka", kafka.start())
            asyncio.run(set_up(BrokerSettings(kafka.address), Plan()))
            centre = ("--centre", CENTRE)
            limits = (*centre, "--cities", ground.cities, "--name", "struck")
            back = ("--back", f"{CENTRE}={server.url}")
            relay = Piece("relay", ("relay", *db, *address, *centre), folder / "relay.log")
            worker = Piece("worker", ("stream", *address, *limits, *back), folder / "worker.log", TELLS_AS)
        server.also = address
        projector = Piece("projector", ("project", *db), folder / "projector.log")
        world = World(cluster, database, server, projector, kafka, relay, worker)
        for piece in world.pieces:
            stack.callback(piece.kill)
        stack.callback(server.kill)
        server.start()
        world.revive()
        yield world
