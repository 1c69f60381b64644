"""`vigil bundle`: an experiment in one signed file, checked and run again by whoever doubts."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[2]
File = Annotated[Path, typer.Argument(metavar="FILE")]
Signer = Annotated[
    Path | None, typer.Option("--signer", metavar="PUB", help="The key that has to have signed it.")
]

app_bundle = typer.Typer(no_args_is_help=True, help="Signed bundles of simulated experiments.")


@app_bundle.command()
def key(path: File) -> None:
    """Make a key to sign with; the public one is written beside it."""
    _order("key", path.resolve())


@app_bundle.command()
def pack(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Of `vigil simulate`.")],
    path: File,
    signing: Annotated[Path, typer.Option("--key", metavar="KEY", help="Of `vigil bundle key`.")],
) -> None:
    """Inputs, versions, seed, rows and report in one file, signed."""
    _order("pack", folder.resolve(), path.resolve(), "--key", signing.resolve())


@app_bundle.command()
def verify(
    path: File,
    signer: Signer = None,
) -> None:
    """Whether it is whole and as it was signed, and by which key."""
    _order("verify", path.resolve(), *_by(signer))


@app_bundle.command()
def rerun(
    path: File,
    signer: Signer = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Processes; one a core by default.")] = None,
) -> None:
    """Run it again, and say whether replications, rows and report came out the same."""
    _order("rerun", path.resolve(), *_by(signer), *(["--jobs", jobs] if jobs is not None else []))


def _by(signer: Path | None) -> list[object]:
    return [] if signer is None else ["--signer", signer.resolve()]


def _order(*words: object) -> None:
    # The simulations are another room, with a door of their own.
    order = [sys.executable, "-m", "simulations.results.bundle", *map(str, words)]
    raise typer.Exit(subprocess.run(order, cwd=ROOT, check=False).returncode)
