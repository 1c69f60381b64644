"""When the road engine fails, answer with another and say so. An answer of "no way" is no failure."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.ports import Traffic, TravelTimes
from domain.values import Position, Route, Travel

Answer = TypeVar("Answer")


class WithFallback:
    """Asks `primary`; only where it raises, asks `fallback` and calls `alert` with a sentence.

    An unknown profile (ValueError) is the asker's mistake and is passed on.
    """

    def __init__(self, primary: TravelTimes, fallback: TravelTimes, alert: Callable[[str], None]) -> None:
        self._primary, self._fallback, self._alert = primary, fallback, alert

    @property
    def map_version(self) -> str:
        return self._primary.map_version

    @property
    def traffic_version(self) -> str:
        return self._primary.traffic_version

    def covers(self, position: Position) -> bool:
        return self._try(lambda times: times.covers(position))

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        return self._try(lambda times: times.to_scene(origins, scene, profile))

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        return self._try(lambda times: times.from_scene(scene, destinations, profile))

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        return self._try(lambda times: times.table(origins, destinations, profile, traffic))

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        return self._try(lambda times: times.route(origin, destination, profile))

    def _try(self, ask: Callable[[TravelTimes], Answer]) -> Answer:
        try:
            return ask(self._primary)
        except Exception as error:
            # the engine may fail in ways nobody foresaw; dispatching goes on. If the question itself is
            # wrong, the fallback refuses it as well and no alert is raised.
            answer = ask(self._fallback)
            self._alert(
                f"Road times are not available ({type(error).__name__}: {error}); "
                "straight-line estimates are shown instead."
            )
            return answer
