"""`vigil bench NAME`: measure, and write the figures as JSON."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from api.bench.rows import Figure

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "api",
    "routing",
    "dispatch",
    "growth",
    "judges",
    "projections",
    "telemetry",
    "store",
    "stream",
    "observe",
    "history",
    "gazetteer",
    "feed",
    "simulation",
)
ON_A_MAP = ("routing", "dispatch", "growth", "judges", "gazetteer", "simulation")


def bench(
    name: Annotated[str, typer.Argument(help=f"What to measure: {', '.join(NAMES)}.")],
    map_files: Annotated[
        list[Path] | None,
        typer.Option("--map", metavar="FILE", help="An OSM file, and another with each further --map."),
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="Whose stations and hospitals.")] = None,
    out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Where to write.")] = None,
    cities: Annotated[
        Path, typer.Option("--cities", metavar="DIR", show_default="cities/")
    ] = ROOT / "cities",
    tiles: Annotated[
        int, typer.Option(min=1, max=8, help="Also N x N tiles of the first map (routing, growth).")
    ] = 1,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw it (growth, history).")
    ] = None,
    judges: Annotated[
        Path | None,
        typer.Option(
            "--judges-python", envvar="VIGIL_JUDGES_PYTHON", metavar="PYTHON",
            help="A Python that has osrm-bindings and pyvalhalla (judges).",
        ),
    ] = None,
    keep: Annotated[
        Path,
        typer.Option(
            "--keep", metavar="DIR", help="Where the judges keep what they build of a map.",
            show_default="var/judges/",
        ),
    ] = ROOT / "var" / "judges",
    kafka: Annotated[
        str | None,
        typer.Option("--kafka", metavar="HOST:PORT", help="Where topics may be made and deleted (stream)."),
    ] = None,
) -> None:  # fmt: skip
    """Measure on this machine, with real parts and a reference in the same run."""
    maps = map_files or []
    if name not in NAMES:
        _stop(f"There is no benchmark '{name}'; there are: {', '.join(NAMES)}.")
    if missing := [file for file in maps if not file.is_file()]:
        _stop(f"There is no map file {missing[0]}.")
    if name in ON_A_MAP and not maps:
        _stop("The road engine is measured on a real map: name one with --map FILE.")
    if name == "api":
        rows = _api(maps, cities, city)
    elif name == "routing":
        from api.bench.routing_bench import bench_routing  # heavy, and nobody else needs it

        rows = bench_routing(maps, tiles, _say)
    elif name == "dispatch":
        from api.bench.dispatch_bench import bench_dispatch

        rows = bench_dispatch(maps[0], cities / (city or "hcmc"), _say)
    elif name == "growth":
        from api.bench.growth_bench import bench_growth

        rows = bench_growth(maps, tiles, _say)
    elif name == "telemetry":
        from api.bench.telemetry_bench import bench_telemetry

        rows = bench_telemetry(cities, _say)
    elif name == "observe":
        from api.bench.observe_bench import bench_observe

        rows = bench_observe()
    elif name == "store":
        rows = _store()
    elif name == "history":
        from api.bench.history.history_bench import SIZES, bench_history

        rows = bench_history(cities / (city or "hcmc"), SIZES, _say)
    elif name == "stream":
        rows = _stream(kafka, cities / (city or "hcmc"))
    elif name == "gazetteer":
        from api.bench.gazetteer_bench import bench_gazetteer

        rows = bench_gazetteer(maps[0], cities / city if city else None, _say)
    elif name == "feed":
        from api.bench.feed_bench import bench_feed

        rows = bench_feed(cities, city or "demo", _say)
    elif name == "simulation":
        from api.bench.simulation_bench import bench_simulation

        rows = bench_simulation(maps[0], cities / (city or "hcmc"), _stop)
    elif name == "projections":
        rows = _projections(cities / (city or "hcmc"))
    else:
        rows = _judges(maps, judges, cities / city if city else None, keep)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", encoding="utf-8")
    for row in rows:
        typer.echo(_line(row))
    if picture is not None and name in ("growth", "history"):
        _draw(name, rows, picture)


def _api(maps: Sequence[Path], cities: Path, city: str | None) -> list[Figure]:
    from api.bench.api_bench import bench_api

    return bench_api(maps[0] if maps else None, cities, city or ("hcmc" if maps else "demo"), _say)


def _store() -> list[Figure]:
    from api.bench.store_bench import bench_store
    from api.postgres.cluster import NoCluster

    try:
        return bench_store(_say)
    except NoCluster as fault:
        return _stop(str(fault), 1)


def _stream(kafka: str | None, city: Path) -> list[Figure]:
    from api.bench.relay_bench import bench_relay
    from api.bench.stream_bench import bench_workers
    from api.cli.kafka_options import broker_of
    from api.streams.broker_settings import DEFAULT_PREFIX

    if kafka is None:
        _stop("The streams are measured on a Kafka: name one with --kafka (scripts/kafka start runs one).")
    broker = broker_of(kafka, DEFAULT_PREFIX)
    return [*bench_relay(broker, city, _say), *bench_workers(broker, _say)]


def _projections(city: Path) -> list[Figure]:
    from api.bench.projections_bench import bench_projections
    from api.postgres.cluster import NoCluster

    try:
        return bench_projections(city, _say)
    except NoCluster as fault:
        return _stop(str(fault), 1)


def _judges(maps: Sequence[Path], python: Path | None, city: Path | None, keep: Path) -> list[Figure]:
    from api.bench.judges.judges_bench import bench_judges
    from api.bench.judges.panel import JudgeFault

    if python is None:
        typer.echo(
            "Skipped: no judges. Name a Python 3.12 or newer that has osrm-bindings and pyvalhalla, "
            "with VIGIL_JUDGES_PYTHON or --judges-python (docs/benchmarks.md says how to make one)."
        )
        raise typer.Exit
    try:
        return bench_judges(maps, python, city, keep, _say)
    except JudgeFault as fault:
        return _stop(str(fault), 1)


def _draw(name: str, rows: Sequence[Figure], picture: Path) -> None:
    try:
        if name == "growth":
            from api.bench.growth_plot import draw
        else:
            from api.bench.history.history_plot import draw
    except ImportError:
        _stop("The picture needs matplotlib, which is among the development packages.", 1)
    draw(rows, picture)
    _say(f"Drew {picture}.")


def _stop(words: str, code: int = 2) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(code)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _line(row: Figure) -> str:
    shown = _SHOWN.get(row.unit, lambda found: f"{found:12.4f} {row.unit}")
    where = f"{row.map} " if row.map else ""
    name = f"{where}{row.name:<30} n={row.n:<5}"
    versus = ""
    if row.reference is not None:
        versus = f"  {row.ratio:.4g} x" if row.ratio else f"  beside{shown(row.reference)} of"
        versus += f" {row.reference_name}"
    noise = f"  spread {row.spread:.0%}" if row.spread is not None else ""
    if row.best == row.p99:
        return f"{name} {shown(row.p50)}{versus}"
    return f"{name} best {shown(row.best)}  p50 {shown(row.p50)}  p99 {shown(row.p99)}{noise}{versus}"


_SHOWN: dict[str, Callable[[float], str]] = {
    "s": lambda seconds: f"{seconds * 1e3:9.4f} ms",
    "calls/s": lambda found: f"{found:11,.0f} calls/s",
    "bytes": lambda found: f"{found / 1e6:9.1f} MB",
}
