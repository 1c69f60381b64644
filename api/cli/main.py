"""The command line `vigil`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.cli.area_commands import coverage, isochrone
from api.cli.bench_command import bench
from api.cli.device_commands import app_device
from api.cli.map_commands import app_map
from api.cli.project_command import project
from api.cli.reader_command import reader
from api.cli.rebuild_command import rebuild
from api.cli.region_command import region
from api.cli.relay_command import relay
from api.cli.route_command import route
from api.cli.speeds_command import app_speeds
from api.cli.stream_commands import app_stream
from api.cli.stream_worker import stream
from api.cli.times_command import times
from api.cli.up_command import up
from api.cli.user_commands import app_user

app = typer.Typer(
    help="Vigil: emergency medical dispatch on real road times.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("up")(up)
app.command("rebuild")(rebuild)
app.command("project")(project)
app.command("reader")(reader)
app.command("bench")(bench)
app.command("region")(region)
app.command("relay")(relay)
app.command("times")(times)
app.command("route")(route)
app.command("isochrone")(isochrone)
app.command("coverage")(coverage)
app.add_typer(app_map, name="map")
app.add_typer(app_speeds, name="speeds")
app.add_typer(app_user, name="user")
app.add_typer(app_device, name="device")
app_stream.callback(invoke_without_command=True)(stream)
app.add_typer(app_stream, name="stream")


@app.command("openapi")
def openapi(out: Annotated[Path | None, typer.Option("--out", help="Write to a file.")] = None) -> None:
    """Print the OpenAPI description that the console's types are made from."""
    from api.main import create_app

    def never() -> None:
        raise RuntimeError("only described, never started")

    text = json.dumps(create_app(never).openapi(), ensure_ascii=False, indent=1) + "\n"  # type: ignore[arg-type]
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    app()
