"""What came of the notices that went back to the centres, for Prometheus."""

from collections.abc import Iterator, Sequence

from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from api.streams.back_to_centre import BackToCentre

OUTCOMES = ("sent", "passed", "refused", "too_old", "unread", "failed")


class BackCollector(Collector):
    """Looked up when it asks."""

    def __init__(self, backs: Sequence[BackToCentre]) -> None:
        self._backs = backs

    def collect(self) -> Iterator[CounterMetricFamily]:
        family = CounterMetricFamily(
            "vigil_back_notices", "Notices told to a centre, by outcome", labels=["centre", "outcome"]
        )
        for back in self._backs:
            for outcome in OUTCOMES:
                family.add_metric([back.centre, outcome], back.counts[outcome])
        yield family
