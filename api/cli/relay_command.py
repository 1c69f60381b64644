"""`vigil relay`: send the log of a centre to Kafka, and go on sending."""

import asyncio
import logging
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import psycopg
import typer
from aiokafka.errors import KafkaError
from prometheus_client import CollectorRegistry, start_http_server

from api.city_of_log import MARKER
from api.cli.kafka_options import Broker, Prefix, broker_of
from api.streams.broker_settings import DEFAULT_PREFIX, NAMEABLE
from api.streams.relay import BATCH, OtherLog, OtherRelay, Relay
from api.streams.relay_figures import RelayCollector, RelayFigures
from api.streams.relay_lock import AdvisoryLock, FileLock, RelayLock
from api.streams.relay_log import NoLog, postgres_log_to_read, read_only_sqlite_log
from dispatch.application import DispatchLog

if TYPE_CHECKING:
    from api.postgres.address import Address

LONGEST_NAME = 100


def relay(
    kafka: Broker,
    db: Annotated[
        str, typer.Option("--db", metavar="WHERE", help="sqlite, auto or postgresql://…, as for vigil up.")
    ] = "auto",
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder.")] = Path("var"),
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

    It waits for a Kafka or a database that is away. Ends with 3 where another relay or another log is there.
    """
    broker = broker_of(kafka, prefix)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says, the relay says once and shorter
    address = _address(db, data)
    name = centre or _city(data, address)
    if not name or not set(name) <= NAMEABLE or len(name) > LONGEST_NAME:
        _stop(f"A centre's name has letters, digits, '.', '_' and '-', not '{name}': give one with --centre.")
    figures = RelayFigures(name, lambda words: typer.echo(words, err=True))
    if metrics is not None:
        registry = CollectorRegistry()
        registry.register(RelayCollector(figures, lambda: datetime.now(UTC)))
        start_http_server(metrics, "127.0.0.1", registry)
    try:
        log = _log(address, data)
        with log:
            asyncio.run(_run(Relay(log, broker, _lock(address, data, name), figures, batch), once))
    except NoLog as fault:
        _stop(str(fault))
    except psycopg.Error as fault:
        _stop(f"There is no answer from {address!r}: {str(fault).strip().splitlines()[0]}")
    except (OtherRelay, OtherLog) as fault:
        _stop(str(fault), 3)
    typer.echo(f"{name}: sent {figures.events_sent} events; stands at {figures.position}.", err=True)


async def _run(relay: Relay, once: bool) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_heard_already)
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, relay.stop)
    await relay.run(once)


def _heard_already(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """aiokafka leaves many copies of one fault behind; the relay has said it once, and that is enough."""
    if not isinstance(context.get("exception"), KafkaError):
        loop.default_exception_handler(context)


def _address(db: str, data: Path) -> "Address | None":
    """None: the SQLite file in the data folder."""
    if db == "sqlite" or (db == "auto" and not (data / "postgres").is_dir()):
        return None
    from api.postgres.address import BadAddress, read_address  # only where there is one
    from api.postgres.cluster import Cluster, NoCluster

    try:
        if db != "auto":
            return read_address(db)
        folder = data / "postgres"
        return Cluster(folder).address if (folder / "cluster" / "PG_VERSION").is_file() else None
    except (BadAddress, NoCluster) as fault:
        _stop(str(fault))


def _log(address: "Address | None", data: Path) -> DispatchLog:
    return read_only_sqlite_log(data / "events.sqlite") if address is None else postgres_log_to_read(address)


def _lock(address: "Address | None", data: Path, centre: str) -> RelayLock:
    return FileLock(data / "relay.lock") if address is None else AdvisoryLock(address, centre)


def _city(data: Path, address: "Address | None") -> str:
    """Whose log it is, as the data folder notes it; empty where it does not."""
    marker = data / MARKER
    known = marker.read_text(encoding="utf-8").split() if marker.is_file() else []
    return known[0] if known else ""


def _stop(words: str, code: int = 2) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(code)
