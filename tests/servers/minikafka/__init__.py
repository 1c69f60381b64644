"""An in-memory broker that speaks Kafka's protocol, for quick tests: one node.

It runs in a thread (`MiniKafka`) or as a process (`MiniKafkaProcess`). It has consumer groups (dynamic and
static members), idempotent producers, transactions with `read_committed`, offsets by time, topics with
settings, and faults on demand. It has no disk, no compaction or retention, no second node and no security:
what hangs on those is tested on a real Kafka (`tests/servers/kafka.py`).
It reads and writes the wire with aiokafka's own schemas, so a fault in those would not show here either.
"""

from tests.servers.minikafka.process import MiniKafkaProcess as MiniKafkaProcess
from tests.servers.minikafka.thread import MiniKafka as MiniKafka
