"""What Prometheus reads: what was counted, what the parts say of themselves, and the process."""

import platform
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api.measure import REGISTRY
from api.observe.versions import vigil_version
from api.observe.vitals import ORDER, Vital


def exposition(vitals: Mapping[str, Vital]) -> bytes:
    """The text of /metrics, of the centre as of any other process that keeps vitals."""
    looked_at = CollectorRegistry()
    looked_at.register(_Parts(vitals))
    ProcessCollector(registry=looked_at)
    return generate_latest(REGISTRY) + generate_latest(looked_at)


class _Parts(Collector):
    def __init__(self, vitals: Mapping[str, Vital]) -> None:
        self._vitals = vitals

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _build()
        yield from self._states()
        families: dict[str, GaugeMetricFamily] = {}
        for part, vital in self._vitals.items():
            for figure in vital.figures:
                name = f"vigil_{part}_{figure.name}"
                family = families.get(name)
                if family is None:
                    family = families[name] = GaugeMetricFamily(
                        name, figure.help, labels=tuple(figure.labels)
                    )
                family.add_metric(tuple(figure.labels.values()), figure.value)
        yield from families.values()

    def _states(self) -> Iterator[GaugeMetricFamily]:
        state = GaugeMetricFamily("vigil_part_state", "0 well, 1 late, 2 failed, by part", labels=["part"])
        events = GaugeMetricFamily("vigil_part_lag_events", "Facts a part is behind the log", labels=["part"])
        seconds = GaugeMetricFamily(
            "vigil_part_lag_seconds",
            "How long the oldest of what waits for a part has waited",
            labels=["part"],
        )
        for part, vital in self._vitals.items():
            state.add_metric([part], ORDER.index(vital.state))
            if vital.lag_events is not None:
                events.add_metric([part], vital.lag_events)
            if vital.lag_s is not None:
                seconds.add_metric([part], vital.lag_s)
        yield from (state, events, seconds)


def _build() -> GaugeMetricFamily:
    family = GaugeMetricFamily("vigil_build_info", "What runs", labels=["version", "python"])
    family.add_metric([vigil_version(), platform.python_version()], 1)
    return family
