"""`vigil stream init` and `vigil stream check`: the topics of a Kafka. Without a further word, a worker."""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from aiokafka.errors import KafkaError

from api.cli.kafka_options import Broker, Prefix, broker_of
from api.cli.stream_worker import stream
from api.streams.broker_settings import DEFAULT_PREFIX, BrokerSettings
from api.streams.set_up import Plan, Unfit, differences, set_up
from api.streams.topics import PARTITIONS

T = TypeVar("T")

app_stream = typer.Typer(no_args_is_help=True, add_completion=False)
app_stream.callback(invoke_without_command=True)(stream)

Partitions = Annotated[
    int, typer.Option("--partitions", min=1, max=1000, help="Of each topic; it can never be changed.")
]
Copies = Annotated[
    int | None,
    typer.Option(
        "--copies", min=1, max=9, help="Of each record.", show_default="3 where 3 brokers are, else 1"
    ),
]


@app_stream.command("init")
def init(
    kafka: Broker, prefix: Prefix = DEFAULT_PREFIX, partitions: Partitions = PARTITIONS, copies: Copies = None
) -> None:
    """Make the topics that are missing; doing it again changes nothing.

    A topic with another number of partitions is refused, and then nothing is made.
    """
    done = _ask(kafka, prefix, lambda broker: set_up(broker, Plan(partitions, copies)))
    for words in done or ["All topics were there already."]:
        typer.echo(words)


@app_stream.command("check")
def check(
    kafka: Broker, prefix: Prefix = DEFAULT_PREFIX, partitions: Partitions = PARTITIONS, copies: Copies = None
) -> None:
    """Compare the topics with what they should be; exit 1 where something differs."""
    told = _ask(kafka, prefix, lambda broker: differences(broker, Plan(partitions, copies)))
    for words in told or ["All topics are as they should be."]:
        typer.echo(words)
    if told:
        raise typer.Exit(1)


@app_stream.command("schemas")
def schemas_command(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print what the records of the topics look like, as JSON Schema."""
    from api.streams.schemas import schemas

    text = json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def _ask(address: str, prefix: str, question: Callable[[BrokerSettings], Coroutine[Any, Any, T]]) -> T:
    broker = broker_of(address, prefix)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what matters of it is said once, and shorter
    try:
        return asyncio.run(question(broker))
    except Unfit as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
    except (KafkaError, OSError) as fault:
        typer.echo(f"Kafka at {address}: {fault}", err=True)
        raise typer.Exit(2) from None
