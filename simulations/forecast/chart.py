"""Lines and bands as SVG, for a page that fetches nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 940, 300, 46, 12, 30, 34
COLOURS = ("#0b5cad", "#9a6700", "#7a1fa2", "#1b7f4d")
DASHES = ("none", "6 4", "2 3", "9 3 2 3")
"""A line is told from another by its dashes, too."""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    values: Sequence[float]


def chart(
    lines: Sequence[Line],
    ticks: Sequence[tuple[int, str]],
    *,
    band: tuple[Sequence[float], Sequence[float]] | None = None,
    label: str,
) -> str:
    """One value a step. ticks : at which steps what is written below; band : from and to, of the last line"""
    told = [value for line in lines for value in line.values] + list(band[1] if band else ())
    step_value = _step(max(told))
    high = step_value * ceil(max(told) / step_value - 1e-9)
    steps = max(len(line.values) for line in lines)

    def x(step: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * step / max(1, steps - 1)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / high)

    def path(values: Sequence[float]) -> str:
        return " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in enumerate(values))

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">']
    for part in range(round(high / step_value) + 1):
        value = part * step_value
        parts.append(
            f'<path class="grid" d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>'
            f'<text x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>'
        )
    for step, words in ticks:
        parts.append(f'<text x="{x(step):.1f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(words)}</text>')
    if band:
        there, back = path(band[0]).split(" "), path(band[1]).split(" ")
        parts.append(f'<polygon class="band" points="{" ".join([*there, *reversed(back)])}"/>')
    for number, line in enumerate(lines):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" '
            f'points="{path(line.values)}"><title>{escape(line.name)}</title></polyline>'
        )
    if len(lines) > 1:
        for number, line in enumerate(lines):
            at, colour = LEFT + number * 220, COLOURS[number % len(COLOURS)]
            parts.append(
                f'<path d="M{at} {TOP - 16}h26" stroke="{colour}" stroke-width="2" '
                f'stroke-dasharray="{DASHES[number % len(DASHES)]}"/>'
                f'<text x="{at + 32}" y="{TOP - 11}">{escape(line.name)}</text>'
            )
    return "".join([*parts, "</svg>"])


def _step(most: float) -> float:
    """1, 2 or 5, times a power of ten, so that three to six of them hold everything."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most / 3))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if most / (factor * power) <= 6)
