"""How commands are told of a Kafka."""

from typing import Annotated

import typer

from api.streams.broker_settings import BadBroker, BrokerSettings, read_broker

Broker = Annotated[
    str, typer.Option("--kafka", metavar="HOST:PORT", help="The brokers, with commas between.")
]
Prefix = Annotated[str, typer.Option("--prefix", help="Of the names of all topics and groups.")]


def broker_of(address: str, prefix: str) -> BrokerSettings:
    """Of the options of a command; where they make no sense it ends with a sentence."""
    try:
        return read_broker(address, prefix)
    except BadBroker as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None
