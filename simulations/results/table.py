"""The figures of all rivals as a table for a terminal."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from simulations.experiment.experiment import Experiment
from simulations.results.compare import Apart
from simulations.statistics.intervals import Interval

SHOWN: Final = {
    "late": "late %", "late_P1": "P1 late %", "mean_s": "mean s", "p90_s": "p90 s",
    "lost_needing": "lost %",
    "busy": "busy %", "km": "km a day",
}  # fmt: skip
TOLD: Final = {
    **SHOWN, "lost": "calls lost %", "late_or_lost": "late or lost %", "waited": "waited %",
    "late_elsewhere": "late elsewhere %",
}  # fmt: skip
SHARES: Final = (
    "late", "late_P1", "busy", "waited", "unserved", "lost", "lost_needing", "late_or_lost", "late_elsewhere",
)  # fmt: skip


def as_text(
    asked: Experiment,
    found: Mapping[str, Mapping[str, Interval | None]],
    apart: Sequence[Apart],
    known: Collection[str] = tuple(SHOWN),
) -> str:
    """known : of the figures shown, those that there are"""
    shown = {name: words for name, words in SHOWN.items() if name in known}
    head = f"{asked.question}\n{asked.replications} replications of {asked.hours:g} h, seed {asked.seed}"
    lines = [head, "", f"{'':<24}" + "".join(f"{words:>20}" for words in shown.values())]
    for rival, figures in found.items():
        lines.append(f"{rival[:23]:<24}" + "".join(f"{_cell(name, figures[name]):>20}" for name in shown))
    if apart:
        lines += ["", f"Less the first ({asked.rivals[0].name}), on the same calls, Holm over all lines:"]
    lines += [f"  {each.rival[:30]:<32}{TOLD[each.figure]:<20}{_said(each)}" for each in apart]
    return "\n".join(lines)


def _cell(name: str, found: Interval | None) -> str:
    if found is None:
        return "-"
    scale = 100 if name in SHARES else 1
    half = f" ± {scale * found.half:.1f}" if found.n > 1 else ""
    return f"{scale * found.mean:.1f}{half}"


def _said(each: Apart) -> str:
    scale, between = 100 if each.figure in SHARES else 1, each.found.interval
    low, high = scale * between.low, scale * between.high
    verdict = "" if each.sure else "   no difference shown"
    return f"{scale * between.mean:+8.2f}  ({low:+.2f} to {high:+.2f}), p {each.p:.3g}{verdict}"
