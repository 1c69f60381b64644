"""See that a port can be had before anything else is begun."""

import socket

import typer


def insist_on_free_port(host: str, port: int) -> None:
    """Where nobody can listen there, the command ends with a sentence and 2."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            typer.echo(
                f"Vigil cannot listen on {host}:{port} ({fault.strerror}); name another one with --port.",
                err=True,
            )
            raise typer.Exit(2) from None
