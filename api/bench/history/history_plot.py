"""The picture of `vigil bench history`: what grows with the log, as it is done and done plainly."""

from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from api.bench.rows import Figure

OURS, PLAINLY, LATE = "#1b6ca8", "#adb5bd", "#e76f51"
AIM_S = 2.0
Reading = Callable[[Figure], float | None]


def draw(rows: Sequence[Figure], out: Path) -> None:
    """Write a picture, SVG or PNG by the name of `out`."""
    mpl.rcParams.update({"font.size": 9, "svg.hashsalt": "vigil", "axes.grid": True, "grid.alpha": 0.25})
    picture = Picture(figsize=(15, 4.6), layout="constrained")
    start, rebuild, past, memory, disk = picture.subplots(1, 5)
    for axes, name, title in (
        (start, "start", "Until the views stand"),
        (rebuild, "rebuild", "vigil rebuild"),
    ):
        _line(axes, rows, f"history.{name}", _p50, "as it is done", OURS)
        _line(axes, rows, f"history.{name}_cpu", _p50, "of it at work", OURS, ":")
        _line(axes, rows, f"history.{name}", _reference, "plainly", PLAINLY)
        axes.set(title=title, ylabel="seconds")
    _line(past, rows, "history.at", _p50, "p50", OURS)
    _line(past, rows, "history.at", _p99, "p99", LATE)
    _line(past, rows, "history.at_cpu", _p99, "p99, at work", LATE, ":")
    _line(past, rows, "history.at_first", _p99, "the first, from a cold disk", "#6d597a")
    _line(past, rows, "history.at", _reference, "from the start", PLAINLY)
    past.axhline(AIM_S, color="black", linewidth=0.8, linestyle="--")
    past.set(title="?at= of any instant", ylabel="seconds; dashed: the aim")
    _line(memory, rows, "history.memory", _megabytes, "live views", OURS)
    _line(memory, rows, "history.memory", _megabytes_plainly, "all rows", PLAINLY)
    _line(memory, rows, "history.rebuild_peak", _megabytes, "most in a rebuild", LATE)
    _line(memory, rows, "history.rebuild_peak", _megabytes_plainly, "the same, plainly", PLAINLY, ":")
    memory.set(title="Memory", ylabel="MB")
    for name, label, colour in (
        ("log", "log", PLAINLY),
        ("views", "stored rows", OURS),
        ("snapshots", "snapshots", LATE),
    ):
        _line(disk, rows, f"history.{name}_on_disk", _megabytes, label, colour)
    disk.set(title="Disk", ylabel="MB")
    for axes in (start, rebuild, past, memory, disk):
        _logarithmic(axes)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(out, dpi=110, metadata={"Date": None} if out.suffix == ".svg" else None)


def _line(
    axes: Axes, rows: Sequence[Figure], name: str, read: Reading, label: str, colour: str, style: str = "-"
) -> None:
    found = sorted(
        (row.events, shown)
        for row in rows
        if row.name == name and row.events and (shown := read(row)) is not None and shown > 0
    )
    if found:
        x, y = np.array(found).T
        axes.plot(x, y, style, color=colour, marker="o", markersize=4, linewidth=1.4, label=label)


def _p50(row: Figure) -> float | None:
    return row.p50


def _p99(row: Figure) -> float | None:
    return row.p99


def _reference(row: Figure) -> float | None:
    return row.reference


def _megabytes(row: Figure) -> float | None:
    return row.p50 / 1e6


def _megabytes_plainly(row: Figure) -> float | None:
    return None if row.reference is None else row.reference / 1e6


def _logarithmic(axes: Axes) -> None:
    axes.set(xscale="log", yscale="log", xlabel="facts in the log")
    axes.yaxis.set_major_formatter(lambda number, _: f"{number:,.0f}" if number >= 1 else f"{number:g}")
    axes.legend(fontsize=7.5, frameon=False)
