"""`vigil stream --kafka HOST:PORT`: run one worker of the streams."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from aiokafka.errors import KafkaError

from api.cli.kafka_options import broker_of
from api.cli.metrics_port import show_figures
from api.observe.logs import set_up_logs
from api.streams.admin import NoTopics, admin, find_topics, need_topics
from api.streams.back_figures import BackCollector
from api.streams.back_to_centre import BackToCentre, BadDoor, Door, read_door
from api.streams.broker_settings import DEFAULT_PREFIX, BrokerSettings
from api.streams.driver_noise import fold_driver_noise
from api.streams.endings import why_ended
from api.streams.holding import Pace
from api.streams.shelves import SOURCES, STATE
from api.streams.watchdog import STALLED
from api.streams.worker import run_plain
from dispatch.city_file import BadCityFile, load_city
from dispatch.rules_file import load_rules
from projections.streams.fold import Limits, limits_of

log = logging.getLogger("vigil.streams")

ROOT = Path(__file__).resolve().parents[2]
OUTPUTS = ("fleet", "alerts", "figures", "dead-letters")


class Host(StrEnum):
    FAUST = "faust"
    PLAIN = "plain"


class Asking(StrEnum):
    NOTE = "note"
    REPORT = "report"


def stream(
    context: typer.Context,
    kafka: Annotated[
        str, typer.Option("--kafka", metavar="HOST:PORT", help="The brokers, with commas between.")
    ] = "",
    host: Annotated[Host, typer.Option("--host", help="On Faust, or on plain aiokafka.")] = Host.FAUST,
    centre: Annotated[
        str, typer.Option("--centre", metavar="CITY", help="Whose limits hold: a folder of cities/.")
    ] = "hcmc",
    name: Annotated[
        str, typer.Option("--name", help="Of this worker: it comes back to its partitions at once.")
    ] = "",
    back: Annotated[
        list[str] | None,
        typer.Option("--back", metavar="CENTRE=URL", help="Tell that centre what was found, by its API."),
    ] = None,
    arrivals: Annotated[
        Asking, typer.Option("--arrivals", help="A unit seems to be there: a note, or report it.")
    ] = Asking.NOTE,
    metrics: Annotated[
        int | None,
        typer.Option("--metrics", metavar="PORT", help="Figures for Prometheus, on this port of 127.0.0.1."),
    ] = None,
    prefix: Annotated[
        str, typer.Option("--prefix", help="Of the names of all topics and groups.")
    ] = DEFAULT_PREFIX,
    cities: Annotated[
        Path, typer.Option("--cities", metavar="DIR", help="City files.", show_default="cities/")
    ] = ROOT / "cities",
) -> None:
    """Run a worker: events and pings to the fleet, to alerts and figures. Or one of the commands below.

    It ends with 2 where the options make no sense, or topics are missing; with 75 where it should be started
    anew, as when Kafka is away at the start: systemd's Restart=always does that.
    """
    if context.invoked_subcommand is not None:
        return
    if not kafka:
        _stop("vigil stream needs --kafka HOST:PORT.")
    set_up_logs(os.environ)
    for talkative in ("aiokafka", "faust", "mode", "httpx", "api.streams.faust_cures"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    fold_driver_noise()
    broker = broker_of(kafka, prefix)
    _end_when_asked()
    limits, doors = _limits(cities / centre), _doors(back or [])
    log.info("Limits for all centres are those of the city %s: %s", centre, cities / centre / "city.toml")
    partitions = _partitions(broker)
    backs = [BackToCentre(door, arrivals.value, limits=limits) for door in doors]
    if metrics is not None:
        show_figures(metrics, BackCollector(backs))
    for back_to in backs:
        _speak(back_to, broker)
    if host is Host.PLAIN:
        raise typer.Exit(run_plain(broker, limits, Pace(), name))
    from api.streams.faust_run import run_faust  # heavy, and the plain host needs none of it

    raise typer.Exit(run_faust(broker, limits, Pace(), partitions, name=name))


def _end_when_asked() -> None:
    """Until the host sees to it: nothing is held yet, and a Kafka that says nothing is waited for long."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: os._exit(0))


def _limits(folder: Path) -> Limits:
    try:
        return limits_of(load_city(folder).targets, load_rules(folder).prompts.stay_s)
    except (BadCityFile, OSError) as fault:
        _stop(f"The limits of {folder.name} cannot be read: {fault}")


def _doors(texts: Sequence[str]) -> list[Door]:
    try:
        return [read_door(text) for text in texts]
    except BadDoor as fault:
        _stop(str(fault))


def _partitions(broker: BrokerSettings) -> int:
    """How many all our topics have."""

    async def ask() -> set[int]:
        await need_topics(broker, [*SOURCES, STATE, *OUTPUTS])
        async with admin(broker) as client:
            names = [broker.topic(name) for name in (*SOURCES, STATE)]
            return {found.partitions for found in (await find_topics(client, names)).values()}

    try:
        counts = asyncio.run(ask())
    except NoTopics as fault:
        _stop(str(fault))
    except (KafkaError, OSError) as fault:
        log.error("%s", why_ended(broker, fault))
        raise typer.Exit(STALLED) from None
    if len(counts) != 1:
        _stop("The topics events, pings, told and stream-state-changelog must have as many partitions each.")
    return counts.pop()


def _speak(back: BackToCentre, broker: BrokerSettings) -> None:
    """Beside the worker, in a loop of its own; it ends with the process."""

    def speak() -> None:
        asyncio.run(back.run(broker, asyncio.Event()))

    threading.Thread(target=speak, name=f"back-{back.centre}", daemon=True).start()


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)
