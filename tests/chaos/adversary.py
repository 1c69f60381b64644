"""Who strikes: at random, but in the same order again for the same seed."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from signal import SIGINT, SIGKILL

import psycopg

from tests.chaos.pieces import Piece
from tests.chaos.world import World

LISTENERS = "query ILIKE 'listen %'"
EVERYBODY = "true"
LONGEST_PAUSE_S = 0.6
LONGEST_OPEN_S = 4.0
"""After it opened and before it is killed again; else nobody would get any work done."""
OPENINGS = 3
COMPANY = 0.4
"""How often others fall in the same moment, as where a machine runs out of memory."""
Strike = Callable[[], None]


@dataclass
class Adversary:
    """Each strike leaves all parts running again, or about to.

    struck : how often what was done;  killed : how many processes by `kill -9`
    ended  : parts that had ended by themselves when they were looked at, as some do where others are away
    took_s : seconds of each strike, by its kind
    """

    world: World
    chance: Random
    struck: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    took_s: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    killed: int = 0
    say: Callable[[str], None] = lambda words: None
    _opening: "Future[None] | None" = None
    _aside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    @property
    def strikes(self) -> int:
        return self.struck.total()

    def strike(self) -> str:
        """Do one thing, or several at once; and say what."""
        began = time.monotonic()
        if self._opening is not None and self._opening.done():
            self.wait()
        self.ended.update(self.world.revive(api=self._opening is None))
        strikes = self._strikes()
        name = self.chance.choices(list(strikes), [weight for weight, _ in strikes.values()])[0]
        company = self._company(name)
        for piece in company:
            self._kill(piece)
        strikes[name][1]()
        self.struck[name] += 1
        for piece in company:
            piece.start()
            self.struck[f"kill {piece.name}"] += 1
        time.sleep(self.chance.uniform(0, LONGEST_PAUSE_S))
        self.took_s[name].append(time.monotonic() - began)
        return " and ".join([name, *(piece.name for piece in company)])

    def _strikes(self) -> dict[str, tuple[float, Strike]]:
        """How often, and what."""
        world = self.world
        found: dict[str, tuple[float, Strike]] = {
            "kill api": (2, self._kill_api),
            "end listeners": (2, lambda: self._end_connections(LISTENERS)),
            "end all connections": (1, lambda: self._end_connections(EVERYBODY)),
            "restart postgresql": (1, self._restart_postgres),
        }
        for piece in world.pieces:
            found[f"kill {piece.name}"] = (4, lambda piece=piece: self._kill_and_start(piece))  # type: ignore[misc]
        if world.kafka is not None:
            found["restart broker"] = (0.7 if len(world.kafka.nodes) == 1 else 6, self._restart_broker)
        return found

    def wait(self) -> None:
        """Until the API is open again, if it was killed."""
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.result()

    def _company(self, name: str) -> list[Piece]:
        """Who falls with it."""
        if self.chance.random() >= COMPANY:
            return []
        others = [piece for piece in self.world.pieces if f"kill {piece.name}" != name]
        return self.chance.sample(others, self.chance.randint(1, len(others))) if others else []

    def _kill_api(self) -> None:
        """It takes seconds to open again; meanwhile others may fall, but not what it opens upon."""
        if self._opening is not None:
            self.wait()
            time.sleep(self.chance.uniform(0, LONGEST_OPEN_S))
        self.world.server.kill()
        self.killed += 1
        time.sleep(self.chance.uniform(0, 0.3))
        self._opening = self._aside.submit(self._open_api)

    def _open_api(self) -> None:
        for _ in range(OPENINGS):
            try:
                self.world.server.start()
                return
            except AssertionError as fault:
                self.ended["api"] += 1
                self.say(str(fault))
        raise AssertionError(f"the API did not open, {OPENINGS} times in a row")

    def _kill_and_start(self, piece: Piece) -> None:
        # It may still be starting, or in the middle of its work: both are tried.
        self._kill(piece)
        piece.start()
        time.sleep(self.chance.choice([0.0, 0.5, 1.5, 3.0]))

    def _kill(self, piece: Piece) -> None:
        self.killed += piece.alive
        piece.kill()

    def _end_connections(self, which: str) -> None:
        self.wait()
        with psycopg.connect(self.world.cluster.maintenance.libpq, autocommit=True) as connection:
            connection.execute(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = 'vigil' AND pid <> pg_backend_pid() AND {which}"
            )

    def _restart_postgres(self) -> None:
        self.wait()
        how = self.chance.choice([SIGINT, SIGKILL])
        self.world.cluster.stop(how)
        self.killed += how is SIGKILL
        time.sleep(self.chance.uniform(0, 1.0))
        self.world.cluster.start()

    def _restart_broker(self) -> None:
        assert self.world.kafka is not None
        nodes = self.world.kafka.nodes
        node = self.chance.choice(nodes)
        node.kill()
        self.killed += 1
        time.sleep(self.chance.uniform(0, 2.0))
        node.start()
        self.world.kafka.wait(len(nodes))
