"""Lines over the hours of a scenario, as SVG within a page: no script, and each course in a colour and a dash
of its own."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

import numpy as np

from routing.arrays import Float64s

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 220, 56, 12, 12, 28
STYLES = (
    ("#1f5fa8", ""),
    ("#b3471d", "7 4"),
    ("#2d7d46", "2 3"),
    ("#7a3fa0", "10 3 2 3"),
    ("#555555", "1 2"),
)


def chart(named: Sequence[tuple[str, Float64s]], day: str, *, percent: bool = False) -> str:
    """named : what each line is, and its value hour by hour; nan where there is none"""
    hours = len(named[0][1])
    highest = max((float(np.nanmax(values)) for _, values in named if np.isfinite(values).any()), default=0.0)
    top = _round_up(highest)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT + 22 * len(named)}" role="img" '
        f'aria-label="{escape("; ".join(name for name, _ in named))}">'
    ]
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        said = f"{value * 100:.3g} %" if percent else f"{value:.3g}"
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="axis" text-anchor="end">{said}</text>')
    parts += _days(hours, day)
    for number, (name, values) in enumerate(named):
        colour, dash = STYLES[number % len(STYLES)]
        style = f'stroke="{colour}" stroke-dasharray="{dash}" fill="none" stroke-width="2"'
        for stretch in _stretches(values):
            points = " ".join(f"{_x(h + 0.5, hours):.1f},{_y(values[h], top):.1f}" for h in stretch)
            parts.append(f'<polyline points="{points}" {style}/>')
        y = HEIGHT + 14 + 22 * number
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + 36}" y1="{y}" y2="{y}" {style}/>')
        parts.append(f'<text x="{LEFT + 44}" y="{y + 4}" class="name">{escape(name)}</text>')
    return "".join([*parts, "</svg>"])


def _days(hours: int, day: str) -> list[str]:
    days = max(1, hours // 24)
    if days <= 2:
        marks = [(hour, f"{hour % 24:02d}:00") for hour in range(0, hours + 1, 3 * days)]
    else:
        every = ceil(days / 14)
        marks = [(number * 24, f"{day} {number + 1}") for number in range(0, days, every)]
    return [
        f'<text x="{_x(hour, hours):.1f}" y="{HEIGHT - 8}" class="axis" '
        f'text-anchor="{"end" if hour == hours else "start" if days > 2 else "middle"}">{said}</text>'
        for hour, said in marks
    ]


def _stretches(values: Float64s) -> list[list[int]]:
    """Hours in a row that have a value."""
    found: list[list[int]] = [[]]
    for hour, there in enumerate(np.isfinite(values).tolist()):
        if there:
            found[-1].append(hour)
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def _x(hour: float, hours: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * hour / hours


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _round_up(value: float) -> float:
    """To one, two or five of its power of ten, so that the grid has plain figures."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(power * step for step in (1, 2, 4, 5, 10) if power * step >= value * 0.999)
