"""Run one worker of the streams until it is told to stop."""

import asyncio
import logging
import signal

from api.streams.aiokafka_host import PlainWorker
from api.streams.broker_clock import Clock, agree_with_broker, now
from api.streams.broker_settings import BrokerSettings
from api.streams.endings import ENDINGS, why_ended
from api.streams.holding import Pace
from api.streams.watchdog import asked_to_end, ending
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")

STOP_WITHIN_S = 5.0
"""Asked to end, it waits for Kafka no longer than that."""


def run_plain(broker: BrokerSettings, limits: Limits, pace: Pace, name: str = "", clock: Clock = now) -> int:
    """The exit code: 0 after SIGTERM or SIGINT, within seconds; 75 where it should be started anew."""

    async def work() -> int:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        timers = []

        def asked() -> None:
            stop.set()
            timers.append(asked_to_end(STOP_WITHIN_S))

        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, asked)
        try:
            await agree_with_broker(broker, clock)
            await PlainWorker(broker, limits, pace, name, clock).run(stop)
        except ENDINGS as fault:
            log.error("%s", why_ended(broker, fault))
            return ending()
        finally:
            for timer in timers:
                timer.cancel()
        return 0

    return asyncio.run(work())
