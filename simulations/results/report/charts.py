"""The pictures of the report: differences, responses, units and queue."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

import numpy as np

from routing.arrays import Float64s
from simulations.results.compare import Apart
from simulations.results.report.gather import BIN_S, BINS, Seen
from simulations.results.report.say import Say
from simulations.results.report.svg import (
    LEFT,
    RIGHT,
    Frame,
    colour,
    digits_for,
    legend,
    line,
    opened,
    text,
    ticks,
)
from simulations.results.report.units import scale_of, told, unit_of

WIDE, HIGH = 720.0, 300.0


def responses(seen: Mapping[str, Seen], say: Say) -> str:
    """How many have been reached after so many minutes."""
    curves = [its.responses.cumsum() / max(1, its.responses.sum()) for its in seen.values()]
    last = 1 + max(int(np.searchsorted(curve[:-1], min(0.995, curve[-2]))) for curve in curves)
    last = int(min(BINS, max(4 * 5, last + 4)))
    minutes = np.arange(last + 1) * BIN_S / 60
    frame = Frame(WIDE, HIGH, (0.0, float(minutes[-1])), (0.0, 100.0), say("responses"))
    inside = [
        frame.curve(minutes.tolist(), [0.0, *(100 * curve[:last]).tolist()], number)
        for number, curve in enumerate(curves)
    ]
    x = [(each, f"{each:g}") for each in ticks(0, float(minutes[-1]), 10)]
    y = [(each, f"{each:g}") for each in (0, 25, 50, 75, 90, 100)]
    return frame.drawn(inside, x, y, say("minutes_axis"), say("share_axis")) + legend(list(seen))


def by_hour(
    rows: Mapping[str, Sequence[Float64s]], scale: float, begins: datetime, words: tuple[str, str], say: Say
) -> str:
    """Mean over replications, and where eight in ten of them lie. words: title, and what is on the axis up"""
    means = {name: scale * np.mean(some, axis=0) for name, some in rows.items()}
    spread = {name: scale * np.quantile(some, (0.1, 0.9), axis=0) for name, some in rows.items()}
    # Where next to nothing happens, an axis up to one says so.
    top = max(1.0, *(float(high.max()) for _, high in spread.values()))
    up = ticks(0, top, 5)
    if up[-1] < top:
        up.append(up[-1] + (up[1] - up[0] if len(up) > 1 else top))
    hours = len(next(iter(means.values())))
    frame = Frame(WIDE, HIGH, (0.0, float(hours)), (0.0, up[-1]), say(words[0]))
    middle = [hour + 0.5 for hour in range(hours)]
    inside = [
        frame.band(middle, low.tolist(), high.tolist(), number)
        for number, (low, high) in enumerate(spread.values())
    ]
    inside += [frame.curve(middle, mean.tolist(), number) for number, mean in enumerate(means.values())]
    step = max(1, -(-hours // (12 if hours <= 48 else 6)))
    x = [
        (float(hour), (begins + timedelta(hours=hour)).strftime("%H:%M" if hours <= 48 else "%d.%m. %Hh"))
        for hour in range(0, hours + 1, step)
    ]
    digits = digits_for(up)
    y = [(each, say.number(each, digits)) for each in up]
    return frame.drawn(inside, x, y, say("hour_axis"), say(words[1])) + legend(list(rows))


def differences(apart: Sequence[Apart], rivals: Sequence[str], say: Say) -> str:
    """A picture for each figure, with a bar for each pair, in the colour of the rival."""
    found = []
    one_first = len({each.first for each in apart}) == 1
    for figure in dict.fromkeys(each.figure for each in apart):
        these = [each for each in apart if each.figure == figure]
        found.append(
            f"<figure><figcaption>{escape(say(figure))} ({escape(unit_of(figure, say))})</figcaption>"
            f"{_forest(these, rivals, one_first, say)}</figure>"
        )
    return f'<div class="forests">{"".join(found)}</div>'


def _forest(these: Sequence[Apart], rivals: Sequence[str], one_first: bool, say: Say) -> str:
    scale = scale_of(these[0].figure)
    ends = [scale * end for each in these for end in (each.found.interval.low, each.found.interval.high)]
    wide = max(1e-9, max(ends) - min(0.0, *ends), max(ends, key=abs))
    low, high = min(0.0, *ends) - 0.08 * wide, max(0.0, *ends) + 0.08 * wide
    width, row = 340.0, 44.0
    height = row * len(these) + 48
    frame = Frame(width, height, (low, high), (0.0, 1.0), say(these[0].figure))
    parts = [line(frame.right(0.0), 4, frame.right(0.0), height - 40, "zero")]
    for place, each in enumerate(these):
        between, y = each.found.interval, 30 + place * row
        number = rivals.index(each.rival)
        left, right = frame.right(scale * between.low), frame.right(scale * between.high)
        stroke = f'stroke="{colour(number)}"'
        parts.append(text(LEFT, y - 13, each.rival if one_first else f"{each.rival} – {each.first}"))
        parts.append(f'<line x1="{left:.1f}" y1="{y}" x2="{right:.1f}" y2="{y}" {stroke} class="bar"/>')
        fill = colour(number) if each.sure else "#fff"
        parts.append(
            f'<circle cx="{frame.right(scale * between.mean):.1f}" cy="{y}" r="5" {stroke} fill="{fill}">'
            f"<title>{escape(told(each, say))}</title></circle>"
        )
    parts.append(line(LEFT, height - 40, width - RIGHT, height - 40, "axis"))
    marks = ticks(low, high, 4) if any(ends) else [0.0]
    for value in marks:
        told_value = say.signed(value, digits_for(marks))
        parts.append(text(frame.right(value), height - 24, told_value, "middle"))
    return opened(width, height, say(these[0].figure)) + "".join(parts) + "</svg>"
