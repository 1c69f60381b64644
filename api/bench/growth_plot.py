"""The picture of `vigil bench growth`: times against nodes and against units, and how far from the floor."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from api.bench.limits import floor_s
from api.bench.rows import Figure

SHOWN = {
    "knearest_5": ("5 nearest of 1,000 units", "#1b6ca8", "o"),
    "all": ("times of all 1,000 units", "#5aa9e6", "s"),
    "position_update": ("a unit's new position", "#2a9d8f", "^"),
    "snap": ("snap a position", "#8ab17d", "v"),
    "p2p": ("time from place to place", "#e9a23b", "D"),
    "path": ("way from place to place", "#e76f51", "P"),
    "one_to_all": ("from one place to every node", "#b5179e", "X"),
    "coverage": ("coverage from 200 units", "#7209b7", "*"),
    "customize_100": ("closure of 100 arcs", "#6c757d", "h"),
    "customize_full": ("new weights everywhere", "#212529", "p"),
}
BY_UNITS = ("knearest_5", "all", "relabel")
MICROSECONDS = 1e6


def draw(rows: Sequence[Figure], out: Path) -> None:
    """Write a picture, SVG or PNG by the name of `out`."""
    mpl.rcParams.update({"font.size": 9, "svg.hashsalt": "vigil", "axes.grid": True, "grid.alpha": 0.25})
    picture = Picture(figsize=(16, 8.2), layout="constrained")
    by_nodes, by_units, floors = picture.subplots(1, 3, width_ratios=(1.25, 1, 0.95))
    _draw_nodes(by_nodes, rows)
    _draw_units(by_units, rows)
    _draw_floors(floors, rows)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(out, dpi=110, metadata={"Date": None} if out.suffix == ".svg" else None)


def _draw_nodes(axes: Axes, rows: Sequence[Figure]) -> None:
    for name, (label, colour, mark) in SHOWN.items():
        found = sorted(
            (row.nodes, row.p50 * MICROSECONDS)
            for row in rows
            if row.name == f"growth.{name}" and row.units in (None, 1_000) and row.nodes
        )
        _line(axes, found, label, colour, mark)
    axes.set(
        xlabel="nodes of the map",
        ylabel="median of one call, microseconds",
        title="Growth with the map (slope in brackets)",
    )
    _logarithmic(axes, 2)


def _draw_units(axes: Axes, rows: Sequence[Figure]) -> None:
    counted = [row for row in rows if row.units and row.nodes]
    maps = sorted({row.nodes or 0 for row in counted if row.units == max(row.units or 0 for row in counted)})
    styles = {
        "knearest_5": ("5 nearest", "o"),
        "all": ("times of all", "s"),
        "relabel": ("all labels anew", "X"),
    }
    for place, nodes in enumerate(maps):
        for name, colour in zip(BY_UNITS, ("#1b6ca8", "#e9a23b", "#212529"), strict=True):
            found = sorted(
                (row.units or 0, row.p50 * MICROSECONDS)
                for row in counted
                if row.name == f"growth.{name}" and row.nodes == nodes
            )
            label, mark = styles[name]
            _line(axes, found, f"{label}, {nodes:,} nodes", colour, mark, ("-", "--", ":")[place % 3])
    axes.set(
        xlabel="units",
        ylabel="median of one call, microseconds",
        title="Growth with the fleet (slope in brackets)",
    )
    _logarithmic(axes, 1)


def _draw_floors(axes: Axes, rows: Sequence[Figure]) -> None:
    """Measured time over the time that only reading the bytes would take, on the largest map."""
    largest = max(row.nodes or 0 for row in rows)
    held = {row.nodes: row.p50 for row in rows if row.name == "work.held"}
    bars = []
    for name, (label, colour, _) in SHOWN.items():
        for place, nodes in enumerate(sorted({_first_nodes(rows), largest})):
            chosen = {
                row.name.split(".")[0]: row.p50
                for row in rows
                if row.name in (f"growth.{name}", f"work.{name}")
                and row.nodes == nodes
                and row.units in (None, 1_000)
            }
            floor = floor_s(chosen.get("work", 0.0), held.get(nodes, 0.0), rows)
            if len(chosen) == 2 and floor:
                bars.append((f"{label}\n{nodes:,} nodes", chosen["growth"] / floor, colour, 1 - 0.45 * place))
    for place, (label, times, colour, alpha) in enumerate(reversed(bars)):
        axes.barh(place, times, color=colour, alpha=alpha)
        axes.text(times, place, f" {times:.1f} x", va="center", fontsize=8)
        axes.text(0.9, place, f"{label} ", va="center", ha="right", fontsize=7)
    axes.set(xscale="log", xlim=(0.9, 200), yticks=[], xlabel="median / time to read the bytes once")
    axes.set_title("Distance to the floor")


def _first_nodes(rows: Sequence[Figure]) -> int:
    """The map that is asked with every number of units first."""
    few = [row.nodes for row in rows if row.units and row.units != 1_000 and row.nodes]
    return few[0] if few else 0


def _line(
    axes: Axes, found: list[tuple[int, float]], label: str, colour: str, mark: str, style: str = "-"
) -> None:
    if not found:
        return
    x, y = np.array(found).T
    if len(found) > 1:
        slope = float(np.polyfit(np.log(x), np.log(y), 1)[0])
        label = f"{label} ({slope:.2f})"
    axes.plot(x, y, style, color=colour, marker=mark, markersize=5, linewidth=1.3, label=label)


def _logarithmic(axes: Axes, columns: int) -> None:
    axes.set(xscale="log", yscale="log")
    axes.xaxis.set_major_formatter(lambda number, _: f"{number:,.0f}")
    axes.yaxis.set_major_formatter(lambda number, _: f"{number:,.0f}" if number >= 1 else f"{number:g}")
    axes.legend(
        fontsize=7.5, ncols=columns, columnspacing=1.0, handlelength=1.6, frameon=False,
        loc="upper center", bbox_to_anchor=(0.5, -0.1),
    )  # fmt: skip
