"""`vigil bench NAME`: measure, and write the figures as JSON."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.bench.rows import Figure

ROOT = Path(__file__).resolve().parents[2]


def bench(
    name: Annotated[str, typer.Argument(help="What to measure: api or routing.")],
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="An OSM file; without one the demo town.")
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="Whose stations and hospitals.")] = None,
    out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Where to write.")] = None,
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR")] = ROOT / "cities",
) -> None:
    """Measure on this machine, with real parts and a reference in the same run."""
    if name not in ("api", "routing"):
        typer.echo(f"There is no benchmark '{name}'; there are: api, routing.", err=True)
        raise typer.Exit(2)
    if name == "routing":
        rows = _routing(map_file)
    else:
        from api.bench.api_bench import bench_api  # heavy, and nobody else needs it

        rows = bench_api(map_file, cities, city or ("hcmc" if map_file else "demo"), _say)
    text = json.dumps([row.as_json() for row in rows], indent=1)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    for row in rows:
        versus = f"  {row.ratio:.2f} x {row.reference_name}" if row.ratio else ""
        typer.echo(
            f"{row.name:<28} n={row.n:<5}best {_ms(row.best)}  p50 {_ms(row.p50)}  p99 {_ms(row.p99)}{versus}"
        )


def _routing(map_file: Path | None) -> list[Figure]:
    if map_file is None or not map_file.is_file():
        typer.echo("The road engine is measured on a real map: name one with --map FILE.", err=True)
        raise typer.Exit(2)
    from api.bench.routing_bench import bench_routing

    return bench_routing(map_file, _say)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:9.4f} ms"
