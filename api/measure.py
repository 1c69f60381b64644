"""What the service counts of itself as it works, for Prometheus.

What can be looked up when somebody asks is not counted here: `api/observe/figures.py` looks at the centre.
Labels come from the code, never from what people send: the names of orders, outcomes, ways in.
"""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

ORDERS = Histogram(
    "vigil_order_seconds",
    "From order to live views, by order and outcome",
    ["order", "outcome"],
    registry=REGISTRY,
    buckets=FAST,
)
RETRIES = Counter(
    "vigil_order_retries_total",
    "Orders decided again, because somebody else was faster (conflict) or the store failed (store)",
    ["order", "cause"],
    registry=REGISTRY,
)
ADVICE = Histogram(
    "vigil_advice_seconds", "Time to rank units and hospitals", registry=REGISTRY, buckets=FAST
)
PINGS = Counter(
    "vigil_pings_total", "Pings received, by way in and outcome", ["way", "outcome"], registry=REGISTRY
)
FALLBACKS = Counter(
    "vigil_straight_line_total", "Questions answered by straight line", ["question"], registry=REGISTRY
)
LET_GO = Counter("vigil_feeds_let_go_total", "Live feeds ended: their screen took nothing", registry=REGISTRY)
FAULTS = Counter(
    "vigil_faults_logged_total", "Records of level ERROR and above, by part", ["part"], registry=REGISTRY
)


def count_pings(way: str, outcomes: Mapping[str, int]) -> None:
    """way : how they came in, such as "http", "mqtt" or "osmand"; a word of the code, never of the sender."""
    for outcome, count in outcomes.items():
        PINGS.labels(way, outcome).inc(count)
