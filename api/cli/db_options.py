"""How commands are told where a centre keeps its log. Light: what it takes to open it is imported by them."""

from pathlib import Path
from typing import Annotated

import typer

AS_FOR_UP = "As for vigil up."
AS_LAST_OPENED = "as last opened"

Db = Annotated[
    str | None,
    typer.Option("--db", metavar="sqlite|auto|URL", help=AS_FOR_UP, show_default=AS_LAST_OPENED),
]
PostgresDb = Annotated[
    str | None, typer.Option("--db", metavar="auto|URL", help=AS_FOR_UP, show_default=AS_LAST_OPENED)
]
Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The data folder of the centre.")]
HERE = Path("var")
