"""Who strikes: at random, but the same again for the same seed."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from signal import SIGINT, SIGKILL

import psycopg

from tests.chaos.pieces import Piece
from tests.chaos.world import World

LISTENERS = "query ILIKE 'listen %'"
EVERYBODY = "true"
LONGEST_PAUSE_S = 0.6


@dataclass
class Adversary:
    """`struck` counts what was done; each strike leaves all parts running again, or about to."""

    world: World
    chance: Random
    struck: Counter[str] = field(default_factory=Counter)

    def strike(self) -> str:
        """Do one thing, and say what."""
        strikes = self._strikes()
        name = self.chance.choices(list(strikes), [weight for weight, _ in strikes.values()])[0]
        self.world.revive()
        strikes[name][1]()
        self.struck[name] += 1
        time.sleep(self.chance.uniform(0, LONGEST_PAUSE_S))
        return name

    def _strikes(self) -> dict[str, tuple[float, Callable[[], None]]]:
        """How often, and what."""
        world = self.world
        found: dict[str, tuple[float, Callable[[], None]]] = {
            "kill api": (3, self._kill_api),
            "kill projector": (4, lambda: self._kill(world.projector)),
            "end listeners": (2, lambda: self._end_connections(LISTENERS)),
            "end all connections": (1, lambda: self._end_connections(EVERYBODY)),
            "restart postgresql": (1, lambda: self._restart_postgres()),
        }
        if world.relay is not None:
            relay = world.relay
            found["kill relay"] = (4, lambda: self._kill(relay))
        if world.worker is not None:
            worker = world.worker
            found["kill worker"] = (3, lambda: self._kill(worker))
        if world.kafka is not None:
            found["restart broker"] = (1, self._restart_broker)
        return found

    def _kill_api(self) -> None:
        self.world.server.kill()
        time.sleep(self.chance.uniform(0, 0.3))
        self.world.server.start()

    def _kill(self, piece: Piece) -> None:
        # It may still be starting, or in the middle of its work: both are tried.
        piece.kill()
        piece.start()
        time.sleep(self.chance.choice([0.0, 0.5, 2.0, 4.0]))

    def _end_connections(self, which: str) -> None:
        with psycopg.connect(self.world.cluster.maintenance.libpq, autocommit=True) as connection:
            connection.execute(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = 'vigil' AND pid <> pg_backend_pid() AND {which}"
            )

    def _restart_postgres(self) -> None:
        self.world.cluster.stop(self.chance.choice([SIGINT, SIGKILL]))
        time.sleep(self.chance.uniform(0, 1.0))
        self.world.cluster.start()

    def _restart_broker(self) -> None:
        assert self.world.kafka is not None
        nodes = self.world.kafka.nodes
        node = self.chance.choice(nodes)
        node.kill()
        time.sleep(self.chance.uniform(0, 2.0))
        node.start()
        self.world.kafka.wait(len(nodes))
