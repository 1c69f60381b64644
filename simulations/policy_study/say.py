"""The figures of the study as tables of Markdown.

python -m simulations.policy_study.say FIGURES.json
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SURELY = 0.05
COLUMNS: dict[str, tuple[str, int, str, int]] = {
    "late": ("late", 100, "%", 1),
    "late_P1": ("P1 late", 100, "%", 1),
    "mean_s": ("mean, s", 1, "", 0),
    "p90_s": ("p90, s", 1, "", 0),
    "km": ("km a day", 1, "", 0),
}
Told = Mapping[str, Any]


def table(said: Told) -> str:
    """The first with its intervals, the others by how far they are from it."""
    head = ["rival", *(words for words, *_ in COLUMNS.values())]
    rows = [head, ["---"] * len(head)]
    for name, its in said.items():
        cells = [
            _cell(its[figure], scale, unit, places) for figure, (_, scale, unit, places) in COLUMNS.items()
        ]
        rows.append([name, *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def sweep(of: Mapping[str, Told], label: str) -> str:
    """Late calls only: of the first, and how many per cent fewer or more with each other."""
    names = list(next(iter(of.values())))
    rows = [[label, "busy", f"late, {names[0]}", *names[1:]], ["---"] * (len(names) + 2)]
    for size, said in of.items():
        first = said[names[0]]
        late = first["late"]["mean"]
        row = [size, f"{100 * first['busy']['mean']:.0f} %", f"{100 * late:.1f} %"]
        for name in names[1:]:
            its = said[name]["late"]
            sure = its["p"] < SURELY and late > 0
            price = said[name]["mean_s"]["apart"]
            row.append(
                f"{100 * its['apart'] / late:+.0f} % ({price:+.0f} s)"
                if sure
                else f"no difference ({price:+.0f} s)"
            )
        rows.append(row)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(its: Mapping[str, float], scale: float, unit: str, places: int) -> str:
    def said(value: float, sign: str = "") -> str:
        return f"{scale * value:{sign},.{places}f}"

    unit = f" {unit}" if unit else ""
    if "apart" not in its:
        return f"{said(its['mean'])}{unit} ({said(its['low'])} to {said(its['high'])})"
    if its["p"] >= SURELY:
        return f"no difference shown ({said(its['apart_low'], '+')} to {said(its['apart_high'], '+')})"
    return f"{said(its['apart'], '+')} ({said(its['apart_low'], '+')} to {said(its['apart_high'], '+')})"


def page(told: Told) -> str:
    parts = [str(told["about"]), table(told["policies"])]
    parts += [f"{name}\n\n{table(said)}" for name, said in told.get("deployments", {}).items()]
    labels = {"fleets": "vans", "promises": "promised, min", "stations": "stations", "limits": "longest, min"}
    parts += [sweep(told[part], label) for part, label in labels.items() if part in told]
    return "\n\n".join(parts)


if __name__ == "__main__":
    print(page(json.loads(Path(sys.argv[1]).read_text())))
