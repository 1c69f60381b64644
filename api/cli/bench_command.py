"""`vigil bench NAME`: measure, and write the figures as JSON."""

import json
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[2]


def bench(
    name: Annotated[str, typer.Argument(help="What to measure: api.")],
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="An OSM file; without one the demo town.")
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="Whose stations and hospitals.")] = None,
    out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Where to write.")] = None,
    cities: Annotated[Path, typer.Option("--cities", metavar="DIR")] = ROOT / "cities",
) -> None:
    """Measure on this machine, with real parts and a reference in the same run."""
    if name != "api":
        typer.echo(f"There is no benchmark '{name}'; there is: api.", err=True)
        raise typer.Exit(2)
    from api.bench.api_bench import bench_api  # heavy, and nobody else needs it

    whose = city or ("hcmc" if map_file else "demo")
    rows = bench_api(map_file, cities, whose, lambda words: typer.echo(words, err=True))
    text = json.dumps([row.as_json() for row in rows], indent=1)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    for row in rows:
        versus = f"  {row.ratio:.2f} x {row.reference_name}" if row.ratio else ""
        typer.echo(
            f"{row.name:<28} n={row.n:<4} p50 {row.p50 * 1e3:8.2f} ms  p99 {row.p99 * 1e3:8.2f} ms{versus}"
        )
