"""The command line `vigil`."""

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

PLACES: Final = {
    "up": "up_command:up",
    "rebuild": "rebuild_command:rebuild",
    "replay": "replay_command:replay",
    "report": "report_commands:app_report",
    "figures": "figures_command:figures_of_period",
    "project": "project_command:project",
    "reader": "reader_command:reader",
    "bench": "bench_command:bench",
    "region": "region_command:region",
    "relay": "relay_command:relay",
    "stream": "stream_commands:app_stream",
    "times": "times_command:times",
    "route": "route_command:route",
    "isochrone": "area_commands:isochrone",
    "coverage": "area_commands:coverage",
    "places": "places_command:places",
    "map": "map_commands:app_map",
    "speeds": "speeds_command:app_speeds",
    "user": "user_commands:app_user",
    "device": "device_commands:app_device",
    "hospital-link": "hospital_link_commands:app_hospital_link",
    "policies": "policy_commands:app_policies",
    "simulate": "simulate_command:simulate",
    "bundle": "bundle_commands:app_bundle",
    "forecast": "forecast_command:forecast",
    "scenario": "scenario_command:app_scenario",
    "plan": "plan_commands:app_plan",
    "model": "model_commands:app_model",
    "openapi": "openapi_command:openapi",
}
"""Where in `api.cli` each command is, in the order of the help."""


class Commands(TyperGroup):
    """A command is loaded when it is asked for: with the libraries of all, each would start seconds later."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in PLACES:
            return None
        module, _, what = PLACES[cmd_name].partition(":")
        found = getattr(import_module(f"api.cli.{module}"), what)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command(cmd_name)(found)
            return get_command(alone)
        command = get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def vigil() -> None:
    """Vigil: emergency medical dispatch on real road times."""


if __name__ == "__main__":
    app()
