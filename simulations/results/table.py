"""The figures of all rivals as a table for a terminal."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from simulations.experiment.experiment import Experiment
from simulations.results.compare import Apart, Pair
from simulations.results.pairs import unlike_in
from simulations.results.report.say import Say
from simulations.results.report.units import SHARES, TIMES, scale_of
from simulations.statistics.intervals import Interval

SHOWN: Final = {
    "late": "late %", "late_P1": "P1 late %", "mean_s": "mean s", "p90_s": "p90 s",
    "late_or_lost": "late or lost %", "late_or_lost_P1": "P1 late or lost %", "lost_needing": "lost %",
    "busy": "busy %", "km": "km a day",
}  # fmt: skip
"""Short words for the head of a column; the others have those of the report."""
OF_THE_LOST: Final = ("late_or_lost", "late_or_lost_P1")
"""Shown where some pair cannot be compared in those who were heard alone."""
SAY: Final = Say("en")


def as_text(
    asked: Experiment,
    found: Mapping[str, Mapping[str, Interval | None]],
    apart: Sequence[Apart],
    known: Collection[str] = tuple(SHOWN),
    pairs: Sequence[Pair] = (),
) -> str:
    """known : of the figures shown, those that there are"""
    unlike = unlike_in(pairs)
    shown = {
        name: f"{words} *" if name in unlike else words
        for name, words in SHOWN.items()
        if name in known and (name not in OF_THE_LOST or unlike)
    }
    head = f"{asked.question}\n{asked.replications} replications of {asked.hours:g} h, seed {asked.seed}"
    lines = [head, "", f"{'':<24}" + "".join(f"{words:>20}" for words in shown.values())]
    for rival, figures in found.items():
        lines.append(f"{rival[:23]:<24}" + "".join(f"{_cell(name, figures[name]):>20}" for name in shown))
    if unlike:
        lines.append(SAY("unlike_note"))
    for first in dict.fromkeys(each.first for each in apart):
        these = [each for each in apart if each.first == first]
        named = f"the first ({first})" if first == asked.rivals[0].name else first
        on = "on the same calls" if not unlike else "with the same chance"
        lines += ["", f"Less {named}, {on}, Holm over all lines:"]
        wide = max(len(_words(each.figure)) for each in apart) + 2
        lines += [f"  {each.rival[:30]:<32}{_words(each.figure):<{wide}}{_said(each)}" for each in these]
    return "\n".join(lines)


def _words(figure: str) -> str:
    sign = " %" if figure in SHARES else " s" if figure in TIMES else ""
    return SHOWN.get(figure) or SAY(figure) + sign


def _cell(name: str, found: Interval | None) -> str:
    if found is None:
        return "-"
    scale = scale_of(name)
    half = f" ± {scale * found.half:.1f}" if found.n > 1 else ""
    return f"{scale * found.mean:.1f}{half}"


def _said(each: Apart) -> str:
    scale, between = scale_of(each.figure), each.found.interval
    low, high = scale * between.low, scale * between.high
    verdict = "" if each.sure else "   no difference shown"
    return f"{scale * between.mean:+8.2f}  ({low:+.2f} to {high:+.2f}), p {each.p:.3g}{verdict}"
