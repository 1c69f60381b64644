"""The picture of the study: fewer late calls against fleet, promise and longest drive, both cities.

python -m simulations.policy_study.draw OUT.svg FIGURES.json ...
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

SHOWN = {
    "closest, dmexclp move-up": ("closest, DMEXCLP move-up", "#1b6ca8", "o"),
    "dmexclp": ("DMEXCLP dispatch", "#e76f51", "s"),
    "preparedness": ("preparedness", "#2a9d8f", "^"),
    "coverage_cost": ("cost of coverage", "#e9a23b", "v"),
    "closest_kept_back": ("closest kept back", "#6c757d", "x"),
}
NAMES = {"edmonton-1": "Edmonton", "hcmc": "Ho Chi Minh City"}
Told = Mapping[str, Any]


def draw(studies: Sequence[Told], out: Path) -> None:
    """Write an SVG."""
    mpl.rcParams.update(
        {
            "font.size": 9,
            "svg.hashsalt": "vigil",
            "axes.grid": True,
            "grid.alpha": 0.25,
            "svg.fonttype": "none",
        }
    )
    picture = Picture(figsize=(12, 3.7 * len(studies)), layout="constrained")
    for row, told in zip(picture.subplots(len(studies), 3, squeeze=False), studies, strict=True):
        city = NAMES.get(told["about"]["city"], told["about"]["city"])
        _trade(row[0], told["policies"], f"{city}: as it stands")
        _fewer(row[1], told.get("fleets", {}), "vans, each fleet placed by MEXCLP", by_load=True)
        _fewer(row[2], told.get("promises", {}), "promised to everybody, minutes")
        row[1].set_title(f"{city}: late calls against closest, by fleet")
        row[2].set_title(f"{city}: by promise")
    picture.axes[1].legend(fontsize=7)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(out, metadata={"Date": None})


def _trade(axes: Axes, said: Told, title: str) -> None:
    """Late share against mean response."""
    for number, (name, its) in enumerate(said.items()):
        late, mean = its["late"], its["mean_s"]
        axes.errorbar(
            mean["mean"],
            100 * late["mean"],
            yerr=[[100 * (late["mean"] - late["low"])], [100 * (late["high"] - late["mean"])]],
            xerr=[[mean["mean"] - mean["low"]], [mean["high"] - mean["mean"]]],
            fmt="o" if "," in name else "s",
            markersize=4,
            elinewidth=0.6,
            color=f"C{number % 10}",
        )
    for names, at in _together(said):
        axes.annotate("\n".join(names), at, (5, 8), textcoords="offset points", va="top", fontsize=6)
    axes.margins(x=0.35)
    axes.set(xlabel="mean response, s", ylabel="late, %", title=title)


def _together(said: Told) -> list[tuple[list[str], tuple[float, float]]]:
    """Names, and where they are written: those that lie on each other share a place."""
    points = {name: (its["mean_s"]["mean"], 100 * its["late"]["mean"]) for name, its in said.items()}
    wide, high = (max(each) - min(each) or 1.0 for each in zip(*points.values(), strict=True))
    found: list[tuple[list[str], tuple[float, float]]] = []
    for name, (x, y) in points.items():
        for names, (there_x, there_y) in found:
            if abs(x - there_x) < 0.05 * wide and abs(y - there_y) < 0.05 * high:
                names.append(name)
                break
        else:
            found.append(([name], (x, y)))
    return found


def _fewer(axes: Axes, of: Mapping[str, Told], label: str, by_load: bool = False) -> None:
    """Late calls fewer than with the first, as a share of these; nothing where it was not asked."""
    axes.set_visible(bool(of))
    places = range(len(of))
    for name, (words, colour, mark) in SHOWN.items():
        middle, below, above = [], [], []
        for said in of.values():
            first, late = next(iter(said.values()))["late"]["mean"], said[name]["late"]
            share = 100 / first if first > 0 else 0.0
            middle.append(share * late["apart"])
            below.append(share * (late["apart"] - late["apart_low"]))
            above.append(share * (late["apart_high"] - late["apart"]))
        axes.errorbar(
            list(places),
            middle,
            yerr=[below, above],
            fmt=f"{mark}-",
            color=colour,
            markersize=4,
            linewidth=1,
            elinewidth=0.6,
            label=words,
        )
    names = list(of)
    if by_load:
        busy = [next(iter(said.values()))["busy"]["mean"] for said in of.values()]
        names = [f"{name}\n{100 * its:.0f} %" for name, its in zip(names, busy, strict=True)]
    axes.set_xticks(list(places), names)
    axes.axhline(0, color="#333", linewidth=0.8)
    axes.axhspan(-23, -17, color="#1b6ca8", alpha=0.08)
    axes.set(xlabel=label, ylabel="late calls, % more or fewer")


if __name__ == "__main__":
    draw([json.loads(Path(name).read_text()) for name in sys.argv[2:]], Path(sys.argv[1]))
