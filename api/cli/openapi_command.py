"""`vigil openapi`: the description of the API that the console's types are made from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.main import create_app


def openapi(out: Annotated[Path | None, typer.Option("--out", help="Write to a file.")] = None) -> None:
    """Print the OpenAPI description that the console's types are made from."""

    def never() -> None:
        raise RuntimeError("only described, never started")

    text = json.dumps(create_app(never).openapi(), ensure_ascii=False, indent=1) + "\n"  # type: ignore[arg-type]
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
