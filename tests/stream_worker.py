"""A worker of the streams as a process, with the limits of the tests; it ticks where it is told to.

    python -m tests.stream_worker plain|faust HOST:PORT PREFIX PARTITIONS [JSON]

JSON : {"without": [names of cures], "patience_s": ..., "stop_within_s": ..., "tick_s": ..., "keep_s": ...,
    "ahead_s": ...}
"""

import json
import logging
import sys
from dataclasses import replace
from datetime import datetime, timedelta

from api.streams.broker_clock import now
from api.streams.broker_settings import BrokerSettings
from api.streams.holding import Pace
from api.streams.worker import run_plain
from tests.stream_records import LIMITS


def main(host: str, address: str, prefix: str, partitions: str, said: str = "{}") -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    options = json.loads(said)
    broker = BrokerSettings(address, prefix)
    pace = Pace(
        options.get("tick_s"),
        session_s=4.0,
        patience_s=options.get("patience_s", 30.0),
        keep_s=options.get("keep_s", 0.2),
    )
    ahead = timedelta(seconds=options.get("ahead_s", 0))

    def clock() -> datetime:
        return now() + ahead

    if host == "plain":
        return run_plain(broker, LIMITS, pace, clock=clock)
    from api.streams.faust_host import ALL
    from api.streams.faust_run import run_faust

    cures = replace(ALL, **dict.fromkeys(options.get("without", ()), False))
    stop_within_s = options.get("stop_within_s", 15.0)
    return run_faust(broker, LIMITS, pace, int(partitions), cures, stop_within_s=stop_within_s, clock=clock)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
