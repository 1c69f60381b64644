"""When the road engine fails, answer with another and say so. An answer of "no way" is no failure."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final, TypeVar

from domain.areas import Direction, Reached
from domain.ports import Roads, Traffic
from domain.values import Position, Route, Travel

Answer = TypeVar("Answer")

QUIET_S: Final = 60.0
"""A trouble that lasts is said again after this long, not at every question."""


@dataclass(slots=True)
class _Trouble:
    """A kind of question that fails: when that was last said, and how often it happened."""

    said_at: float
    failures: int = 0


class WithFallback:
    """Asks `primary`; only where it raises, asks `fallback` and raises the alarm.

    alert  : hears a sentence when a kind of question begins to fail, now and then while it goes on, and
             when it is answered by road again
    failed : hears the kind of question at every single failure, to be counted
    An unknown profile (ValueError) is the asker's mistake and is passed on. Any thread may ask.
    """

    def __init__(
        self,
        primary: Roads,
        fallback: Roads,
        alert: Callable[[str], None],
        failed: Callable[[str], None] = lambda question: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._primary, self._fallback = primary, fallback
        self._alert, self._failed, self._clock = alert, failed, clock
        self._troubles: dict[str, _Trouble] = {}
        self._lock = Lock()

    @property
    def map_version(self) -> str:
        return self._primary.map_version

    @property
    def traffic_version(self) -> str:
        return self._primary.traffic_version

    @property
    def failing(self) -> list[str]:
        """The kinds of questions that are answered by the straight line at present."""
        return sorted(self._troubles)

    def still(self) -> "WithFallback":
        """The roads as they are now; their troubles are told as those of these."""
        held = copy(self)
        held._primary = self._primary.still()
        return held

    def covers(self, position: Position) -> bool:
        return self._try("covers", lambda roads: roads.covers(position))

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return self._try("to_scene", lambda roads: roads.to_scene(origins, scene, profile))

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return self._try("from_scene", lambda roads: roads.from_scene(scene, destinations, profile))

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        return self._try("table", lambda roads: roads.table(origins, destinations, profile, traffic))

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        return self._try("route", lambda roads: roads.route(origin, destination, profile))

    def reach(
        self,
        places: Sequence[Position],
        limits_s: Sequence[float],
        profile: str,
        *,
        direction: Direction = "from",
        traffic: Traffic = "live",
        shapes: bool = False,
    ) -> Reached:
        def ask(roads: Roads) -> Reached:
            return roads.reach(places, limits_s, profile, direction=direction, traffic=traffic, shapes=shapes)

        return self._try("reach", ask)

    def _try(self, question: str, ask: Callable[[Roads], Answer]) -> Answer:
        try:
            answer = ask(self._primary)
        except Exception as error:
            # the engine may fail in ways nobody foresaw; dispatching goes on. If the question itself is
            # wrong, the fallback refuses it as well and no alert is raised.
            answer = ask(self._fallback)
            self._fell_back(question, error)
            return answer
        if question in self._troubles:
            self._healthy(question)
        return answer

    def _fell_back(self, question: str, error: Exception) -> None:
        now = self._clock()
        with self._lock:
            trouble = self._troubles.setdefault(question, _Trouble(now - QUIET_S))
            trouble.failures += 1
            say = now - trouble.said_at >= QUIET_S
            if say:
                trouble.said_at = now
            failures = trouble.failures
        self._failed(question)
        if say:
            self._alert(
                f"Road times are not available ({question}: {type(error).__name__}: {error}); "
                f"straight-line estimates are shown instead, {failures} so far."
            )

    def _healthy(self, question: str) -> None:
        with self._lock:
            trouble = self._troubles.pop(question, None)
        if trouble is not None:
            self._alert(
                f"Road times are available again ({question}); "
                f"{trouble.failures} answers were straight-line estimates."
            )
