"""`vigil region`: all centres on one page, with the age of what is known of each."""

import os
from typing import Annotated

import typer
import uvicorn

from api.accounts.demo import is_loopback
from api.accounts.quiet_log import hide_tokens_in_logs
from api.cli.asked_to_end import ended_with_0
from api.cli.free_port import insist_on_free_port
from api.cli.kafka_options import Broker, Prefix, broker_of
from api.observe.logs import set_up_logs
from api.region.server import region_app
from api.streams.broker_settings import DEFAULT_PREFIX

TOKEN = "VIGIL_REGION_TOKEN"


def region(
    kafka: Broker,
    prefix: Prefix = DEFAULT_PREFIX,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8116,
) -> None:
    """Show what the stream workers know of all centres: units, beds, waits, alerts.

    It decides nothing and writes nothing. On other addresses than this machine's own, readers must bring the
    token in VIGIL_REGION_TOKEN: positions of ambulances are not for everybody. It waits for a Kafka that is
    away. Ends with 2 where the options make no sense, the token is missing, or the port is taken.
    """
    set_up_logs(os.environ)
    token = os.environ.get(TOKEN, "")
    if not is_loopback(host) and len(token) < 16:
        typer.echo(f"{host} is open to others: put a token of 16 letters or more in {TOKEN}.", err=True)
        raise typer.Exit(2)
    broker = broker_of(kafka, prefix)
    insist_on_free_port(host, port)
    hide_tokens_in_logs()
    app = region_app(broker, token)
    with ended_with_0():
        typer.echo(f"The region: http://{host}:{port}", err=True)
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=3,
        )
