"""`vigil relay`: send the log of a centre to Kafka, and go on sending."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import psycopg
import typer
from aiokafka.errors import KafkaError

from api.city_of_log import Folder
from api.cli.asked_to_end import ended_with_0
from api.cli.db_options import HERE, Data, Db
from api.cli.kafka_options import Broker, Prefix, broker_of
from api.cli.metrics_port import show_figures
from api.observe.logs import set_up_logs
from api.streams.broker_settings import DEFAULT_PREFIX, NAMEABLE
from api.streams.checkpoint import BadCheckpoint
from api.streams.relay import BATCH, OtherLog, OtherRelay, Relay
from api.streams.relay_figures import RelayCollector, RelayFigures
from api.streams.relay_lock import AdvisoryLock, FileLock, RelayLock
from api.streams.relay_log import NoLog, owner_of, postgres_log_to_read, read_only_sqlite_log
from dispatch.application import DispatchLog
from dispatch.faults import OperationalError as LogAway

if TYPE_CHECKING:
    from api.postgres.address import Address

LONGEST_NAME = 100
AGAIN_S = 2.0


def relay(
    kafka: Broker,
    db: Db = None,
    data: Data = HERE,
    centre: Annotated[
        str | None, typer.Option("--centre", metavar="NAME", show_default="the city of the log")
    ] = None,
    prefix: Prefix = DEFAULT_PREFIX,
    batch: Annotated[int, typer.Option("--batch", min=1, max=10_000, help="Events a transaction.")] = BATCH,
    metrics: Annotated[
        int | None,
        typer.Option("--metrics", metavar="PORT", help="Figures for Prometheus, on this port of 127.0.0.1."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End at the end of the log.")] = False,
) -> None:  # fmt: skip
    """Send the event log to Kafka: each event once, each thing's events in order, from wherever it stood.

    It waits for a Kafka or a database that is away. Ends with 2 where there is no log, the options make no
    sense, or the record in Kafka that says how far it came cannot be read; with 3 where a relay of another
    log took over this name, or Kafka knows it by another log. A second relay on the same log stands by.
    """
    broker = broker_of(kafka, prefix)
    set_up_logs(os.environ)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says, the relay says once and shorter
    address = _address(db, data)
    try:
        with ended_with_0(), _open(address, data, _say) as log:
            name = _named(centre or _city(address, data))
            figures = RelayFigures(name, _say)
            if metrics is not None:
                show_figures(metrics, RelayCollector(figures, lambda: datetime.now(UTC)))
            asyncio.run(_run(Relay(log, broker, _lock(address, data, name), figures, batch), once))
    except (NoLog, BadCheckpoint) as fault:
        _stop(str(fault))
    except (OtherRelay, OtherLog) as fault:
        _stop(str(fault), 3)
    typer.echo(f"{name}: sent {figures.events_sent} events; stands at {figures.position}.", err=True)


async def _run(relay: Relay, once: bool) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_heard_already)
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, relay.stop)
    await relay.run(once)


def _named(centre: str) -> str:
    if not centre or not set(centre) <= NAMEABLE or len(centre) > LONGEST_NAME:
        _stop(f"A centre's name has letters, digits, '.', '_', '-', not '{centre}': give one with --centre.")
    return centre


def _heard_already(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """aiokafka leaves many copies of one fault behind; the relay has said it once, and that is enough."""
    if not isinstance(context.get("exception"), KafkaError):
        loop.default_exception_handler(context)


def _address(db: str | None, data: Path) -> "Address | None":
    """None: the SQLite file in the data folder. A private server is used, never started."""
    if db == "sqlite":
        return None
    from api.postgres.address import BadAddress, read_address  # with SQLAlchemy, which takes a moment
    from api.postgres.choice import AUTO, SQLITE, NoDatabase, chosen
    from api.postgres.cluster import Cluster, NoCluster

    try:
        where = chosen(db, data)
        if where == SQLITE or (where == AUTO and not (data / "postgres").is_dir()):
            return None
        return Cluster(data / "postgres").address if where == AUTO else read_address(where)
    except (BadAddress, NoDatabase, NoCluster) as fault:
        _stop(str(fault))


def _open(address: "Address | None", data: Path, say: Callable[[str], None]) -> DispatchLog:
    """The log; a database that is away is waited for. Raises NoLog."""
    if address is None:
        return read_only_sqlite_log(data / "events.sqlite")
    told = False
    while True:
        try:
            return postgres_log_to_read(address)
        except (psycopg.OperationalError, LogAway) as fault:
            if not told:
                words = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
                say(f"There is no answer from {address!r}: {words}; waiting")
                told = True
            time.sleep(AGAIN_S)


def _lock(address: "Address | None", data: Path, centre: str) -> RelayLock:
    return FileLock(data / "relay.lock") if address is None else AdvisoryLock(address, centre)


def _city(address: "Address | None", data: Path) -> str:
    """Whose log it is, as the centre noted it; empty where it did not."""
    owner = Folder(data).owner() if address is None else owner_of(address)
    return owner.split()[0] if owner else ""


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _stop(words: str, code: int = 2) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(code)
