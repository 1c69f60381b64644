"""Tables for docs/benchmarks.md from what `vigil bench` wrote: `python -m api.bench.tables FILE.json ...`."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.bench.limits import floor_s
from api.bench.rows import Figure

PAIRS = {
    "osrm_ch_and_valhalla": "OSRM and Valhalla",
    "ours_by_both": "Vigil and each of them, mean",
    "ours_by_osrm_ch": "Vigil and OSRM",
    "ours_by_valhalla": "Vigil and Valhalla",
    "straight_line_by_osrm_ch": "straight line and OSRM",
    "straight_line_by_valhalla": "straight line and Valhalla",
}


def tables(rows: Sequence[Figure]) -> Iterator[str]:
    """Whatever tables these rows can fill, line by line."""
    yield from _agreement(rows)
    yield from _quotients(rows)
    yield from _questions([row for row in rows if row.name.startswith("routing.")])
    yield from _floors(rows)


def _agreement(rows: Sequence[Figure]) -> Iterator[str]:
    found = {(row.map, row.name): row.p50 for row in rows}
    for place in dict.fromkeys(row.map for row in rows if row.name.startswith("nearest_station.")):
        yield from ("", f"| {place} | agree | regret | rank |", "|---|---|---|---|")
        for pair, words in PAIRS.items():
            if (place, f"regret.{pair}") in found:
                share, regret = found[place, f"nearest_station.{pair}"], found[place, f"regret.{pair}"]
                rank = found[place, f"rank_correlation.{pair}"]
                yield f"| {words} | {share:.1%} | {regret:.2f} s | {rank:.3f} |"


def _quotients(rows: Sequence[Figure]) -> Iterator[str]:
    chosen = [row for row in rows if row.name.startswith("times.")]
    if chosen:
        yield from ("", "| map | quotient of times | pairs | median | spread |", "|---|---|---|---|---|")
    for row in chosen:
        words = row.name.removeprefix("times.").replace("_", " ")
        yield f"| {row.map} | {words} | {row.n:,} | {row.p50:.2f} | {row.spread or 0:.0%} |"


def _questions(rows: Sequence[Figure]) -> Iterator[str]:
    if rows:
        yield from ("", "| map | row | best | p50 | p99 | spread | ratio |", "|---|---|---|---|---|---|---|")
    for row in rows:
        noise = f"{row.spread:.0%}" if row.spread is not None else ""
        ratio = f"{row.ratio:,.3g} x {row.reference_name}" if row.ratio else ""
        times = " | ".join(shown(number, row.unit) for number in (row.best, row.p50, row.p99))
        yield f"| {row.map} | `{row.name}` | {times} | {noise} | {ratio} |"


def _floors(rows: Sequence[Figure]) -> Iterator[str]:
    held = {row.nodes: row.p50 for row in rows if row.name == "work.held"}
    if held:
        yield from (
            "",
            "| nodes | question | bytes | floor | measured | times |",
            "|---|---|---|---|---|---|",
        )
    for row in rows:
        kind, _, name = row.name.partition(".")
        if kind != "work" or name == "held" or row.units not in (None, 1_000):
            continue
        floor = floor_s(row.p50, held[row.nodes], rows)
        took = next(
            (other.p50 for other in rows if (other.name, other.nodes, other.units)
             == (f"growth.{name}", row.nodes, row.units)), None,
        )  # fmt: skip
        if floor and took:
            cells = f"{row.p50:,.0f} | {shown(floor, 's')} | {shown(took, 's')} | {took / floor:.1f}"
            yield f"| {row.nodes:,} | `{name}` | {cells} |"


def shown(number: float, unit: str) -> str:
    """For people: `23.7 µs`, `55.1 MB`."""
    if unit == "bytes":
        return f"{number / 1e6:.1f} MB"
    if unit != "s":
        return f"{number:.4g} {unit}"
    for factor, name in ((1, "s"), (1e3, "ms")):
        if number * factor >= 1:
            return f"{number * factor:.3g} {name}"
    return f"{number * 1e6:.3g} µs"


if __name__ == "__main__":
    for file in sys.argv[1:]:
        content = json.loads(Path(file).read_text(encoding="utf-8"))
        print("\n".join(tables([Figure(**row) for row in content])))
