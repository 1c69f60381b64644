"""Figures for Prometheus on a port of this machine, for processes that have no other."""

from typing import NoReturn

import typer
from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.registry import Collector

from api.measure import FAULTS


def show_figures(port: int, *collectors: Collector) -> None:
    """These, the faults that were logged, and the process. Where the port is taken the command ends."""
    registry = CollectorRegistry()
    for each in (*collectors, FAULTS):
        registry.register(each)
    ProcessCollector(registry=registry)
    try:
        start_http_server(port, "127.0.0.1", registry)
    except OSError as fault:
        _stop(f"Figures cannot be shown on port {port}: {fault.strerror}.")


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)
