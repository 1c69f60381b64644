"""Run one Faust worker until it is told to stop."""

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path

import faust

from api.streams.broker_clock import Clock, agree_with_broker, now
from api.streams.broker_settings import BrokerSettings
from api.streams.endings import ENDINGS, why_ended
from api.streams.faust_cures import Cures
from api.streams.faust_host import ALL, FaustWorker
from api.streams.holding import Pace
from api.streams.watchdog import asked_to_end, ending, leave
from api.streams.worker import STOP_WITHIN_S
from projections.streams.fold import Limits

log = logging.getLogger("vigil.streams")


def run_faust(
    broker: BrokerSettings,
    limits: Limits,
    pace: Pace,
    partitions: int,
    cures: Cures = ALL,
    name: str = "",
    stop_within_s: float = STOP_WITHIN_S,
    clock: Clock = now,
) -> int:
    """The exit code: 0 after SIGTERM or SIGINT, within seconds; 75 where it should be started anew.

    Without a web server: Faust's own would listen on every address, and show the table to whoever asks.
    """

    class Worker(faust.Worker):
        def _on_sigterm(self) -> None:
            if cures.stop_in_time:
                asked_to_end(stop_within_s, first=forget)
            super()._on_sigterm()

        _on_sigint = _on_sigterm

        def _on_startup_end_spinner(self) -> None:
            """It would write its signs for a terminal into the log."""

        async def start(self) -> None:
            try:
                await super().start()
            except ENDINGS as fault:  # Faust would tell of it over three screens
                forget()
                leave(why_ended(broker, fault))

    def forget() -> None:
        """What no clean-up will come to."""
        shutil.rmtree(folder, ignore_errors=True)

    try:
        asyncio.run(agree_with_broker(broker, clock))
    except ENDINGS as fault:
        log.error("%s", why_ended(broker, fault))
        return ending()
    with tempfile.TemporaryDirectory(prefix="vigil-faust-") as folder:
        worker = FaustWorker(broker, limits, pace, partitions, cures, name, clock)
        worker.app.conf.datadir = Path(folder)
        try:
            Worker(
                worker.app, override_logging=False, redirect_stdouts=False, quiet=True
            ).execute_from_commandline()
        except SystemExit as end:
            return 0 if not end.code else ending()
        except KeyboardInterrupt:
            return 0
