"""How the relay stands: where, how far behind, and what it waits for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

FOLLOWING = "following"


def silent(words: str) -> None:
    """Say nothing."""


@dataclass(slots=True)
class RelayFigures:
    """position, end : the last event sent, and the last of the log; state : in a few words.

    oldest_waiting : when the oldest event that is not sent was heard of; None where all are sent
    lives : producers opened, each of which fenced the one before
    left_out : events too large for Kafka, sent without their data
    beats : times it said that nothing is new
    """

    centre: str
    say: Callable[[str], None] = silent
    position: int = 0
    end: int = 0
    oldest_waiting: datetime | None = None
    state: str = "starting"
    events_sent: int = 0
    transactions: int = 0
    faults: int = 0
    lives: int = 0
    left_out: int = 0
    beats: int = 0

    @property
    def lag(self) -> int:
        """Events not sent yet; a little too many where the log has gaps."""
        return max(0, self.end - self.position)

    def lag_s(self, now: datetime) -> float:
        """How long the oldest event that is not sent has been waiting."""
        return max(0.0, (now - self.oldest_waiting).total_seconds()) if self.oldest_waiting else 0.0

    def turn(self, state: str, words: str = "") -> None:
        """Note a state; say so if it is a new one."""
        if state != self.state:
            self.state = state
            self.say(f"{self.centre}: {words or state} (at {self.position} of {self.end})")


class RelayCollector(Collector):
    """The figures for Prometheus, looked up when it asks."""

    def __init__(self, figures: RelayFigures, now: Callable[[], datetime]) -> None:
        self._figures, self._now = figures, now

    def collect(self) -> Iterator[Metric]:
        known = self._figures
        gauges: dict[str, tuple[str, float]] = {
            "position": ("Place in the log of the last event sent", known.position),
            "lag_events": ("Events of the log that are not sent yet", known.lag),
            "lag_seconds": ("Age of the oldest event that is not sent", known.lag_s(self._now())),
            "following": ("1: nothing is in the way", float(known.state == FOLLOWING)),
        }
        counters: dict[str, tuple[str, float]] = {
            "events": ("Events sent", known.events_sent),
            "transactions": ("Transactions with events that were committed", known.transactions),
            "beats": ("Times it said that it stands at the end of the log", known.beats),
            "faults": ("Faults after which it began anew", known.faults),
            "left_out": ("Events too large for Kafka, sent without their data", known.left_out),
        }
        for kind, figures in ((GaugeMetricFamily, gauges), (CounterMetricFamily, counters)):
            for name, (words, value) in figures.items():
                family = kind(f"vigil_relay_{name}", words, labels=["centre"])
                family.add_metric([known.centre], value)
                yield family
