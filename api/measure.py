"""What the service tells Prometheus of itself."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

ORDERS = Histogram(
    "vigil_order_seconds", "From order to live views", ["order"], registry=REGISTRY, buckets=FAST
)
ADVICE = Histogram(
    "vigil_advice_seconds", "Time to rank units and hospitals", registry=REGISTRY, buckets=FAST
)
PINGS = Counter("vigil_pings_total", "Pings received, by outcome", ["outcome"], registry=REGISTRY)
LAG = Gauge("vigil_view_lag_events", "Facts the live views have not folded yet", registry=REGISTRY)
CLIENTS = Gauge("vigil_feed_clients", "Open live feeds", registry=REGISTRY)
POSITION = Gauge("vigil_log_position", "Place of the newest fact", registry=REGISTRY)
FALLBACKS = Counter(
    "vigil_straight_line_total", "Questions answered by straight line", ["question"], registry=REGISTRY
)
