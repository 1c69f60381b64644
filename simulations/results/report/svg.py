"""A frame with two axes, as SVG: enough for the pictures of a report, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#444444")
DASHES: Final = ("", "7 4", "2 3", "10 3 2 3", "1 4", "12 5", "5 2 1 2", "3 6")
"""Told apart without colour, too. After Okabe and Ito."""
LEFT, RIGHT, TOP, BOTTOM = 52, 26, 12, 40


def opened(width: float, height: float, label: str) -> str:
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}">'


def text(x: float, y: float, words: str, anchor: str = "start", style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{style}"/>'


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers from one to the other."""
    if high <= low:
        return [low]
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999)
    return [number * step for number in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def digits_for(values: Sequence[float]) -> int:
    """So many decimals that no two ticks are told alike, nor one as what it is not."""
    return next((digits for digits in range(6) if all(abs(v - round(v, digits)) < 1e-9 for v in values)), 6)


@dataclass(frozen=True, slots=True)
class Frame:
    """x and y say what lies at its sides."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    label: str

    def right(self, x: float) -> float:
        share = (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1.0)
        return LEFT + share * (self.width - LEFT - RIGHT)

    def up(self, y: float) -> float:
        share = (y - self.y[0]) / ((self.y[1] - self.y[0]) or 1.0)
        return self.height - BOTTOM - share * (self.height - TOP - BOTTOM)

    def drawn(
        self,
        inside: Sequence[str],
        x_ticks: Sequence[tuple[float, str]],
        y_ticks: Sequence[tuple[float, str]],
        x_words: str,
        y_words: str,
    ) -> str:
        bottom, right = self.height - BOTTOM, self.width - RIGHT
        parts = [
            f'<svg viewBox="0 0 {self.width:g} {self.height:g}" role="img" aria-label="{escape(self.label)}">'
        ]
        for value, words in y_ticks:
            parts += [line(LEFT, self.up(value), right, self.up(value), "grid")]
            parts += [text(LEFT - 6, self.up(value) + 4, words, "end")]
        for value, words in x_ticks:
            parts += [line(self.right(value), bottom, self.right(value), bottom + 4, "axis")]
            parts += [text(self.right(value), bottom + 17, words, "middle")]
        parts += [line(LEFT, bottom, right, bottom, "axis"), *inside]
        parts += [text(right, self.height - 6, x_words, "end", "unit")]
        parts += [text(LEFT + 4, TOP + 4, y_words, "start", "unit")]
        return "".join([*parts, "</svg>"])

    def curve(self, xs: Sequence[float], ys: Sequence[float], number: int) -> str:
        points = " ".join(f"{self.right(x):.1f},{self.up(y):.1f}" for x, y in zip(xs, ys, strict=True))
        look = f'stroke="{colour(number)}" stroke-dasharray="{DASHES[number % len(DASHES)]}"'
        return f'<polyline class="curve" points="{points}" {look}/>'

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], number: int) -> str:
        there = [f"{self.right(x):.1f},{self.up(y):.1f}" for x, y in zip(xs, high, strict=True)]
        back = [f"{self.right(x):.1f},{self.up(y):.1f}" for x, y in zip(xs, low, strict=True)][::-1]
        return f'<polygon class="band" points="{" ".join(there + back)}" fill="{colour(number)}"/>'


def colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def legend(names: Sequence[str]) -> str:
    """How each rival is drawn, and its name."""
    items = []
    for number, name in enumerate(names):
        look = f'stroke="{colour(number)}" stroke-dasharray="{DASHES[number % len(DASHES)]}"'
        drawn = f'<line x1="0" y1="6" x2="34" y2="6" class="curve" {look}/>'
        drawn = f'<svg class="key" viewBox="0 0 34 12">{drawn}</svg>'
        items.append(f"<li>{drawn}{escape(name)}</li>")
    return f'<ul class="legend">{"".join(items)}</ul>'
