"""Passwords that people type: unseen, twice, and on a terminal alone."""

import sys
import warnings
from getpass import GetPassWarning

import typer


def typed_password(prompt: str, otherwise: str) -> str:
    """Asked for twice. Without a terminal the command ends with 2 and a sentence.

    otherwise : how else the password may be given
    """
    with warnings.catch_warnings():
        # Python would read on and show what is typed: a password must not stand on a screen or in a log.
        warnings.simplefilter("error", GetPassWarning)
        try:
            typed: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=True)
        except GetPassWarning:
            typer.echo()  # behind the question
            typer.echo(f"There is no terminal to ask for a password: {otherwise}.", err=True)
            raise typer.Exit(2) from None
    return typed


def piped_password() -> str:
    """One line of standard input, without its end."""
    return sys.stdin.readline().rstrip("\r\n")
