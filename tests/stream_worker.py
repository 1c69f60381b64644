"""A worker of the streams as a process, with the limits of the tests and no clock of its own.

python -m tests.stream_worker plain|faust HOST:PORT PREFIX
"""

import logging
import sys

from api.streams.aiokafka_host import Pace
from api.streams.broker_settings import BrokerSettings
from api.streams.worker import run_plain
from tests.stream_records import LIMITS


def main(host: str, address: str, prefix: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    broker, pace = BrokerSettings(address, prefix), Pace(tick_s=None, session_s=4.0)
    if host == "plain":
        return run_plain(broker, LIMITS, pace)
    from api.streams.faust_run import run_faust

    return run_faust(broker, LIMITS, pace, partitions=int(sys.argv[4]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
