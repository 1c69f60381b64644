"""The drawings of the report: the record solid, the simulation dashed."""

from collections.abc import Sequence
from html import escape

import numpy as np

from routing.arrays import Float64s
from simulations.calibration.compare import Compared
from simulations.calibration.demand import Demand
from simulations.calibration.play import Judged
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

WIDE, HIGH = 720.0, 300.0
STEP_S = 15.0


def response_curves(judged: Judged, say: Say) -> str:
    """How many had been reached after so many minutes; a band where eight in ten replications lie."""
    real = judged.recorded["response"]
    known = np.isfinite(real)
    played = judged.simulated["response"][:, known]
    last = float(max(np.quantile(real[known], 0.99), np.nanquantile(played, 0.99)))
    edges = np.arange(0.0, last + 2 * STEP_S, STEP_S)
    recorded = _reached(real[known], edges)
    rows = np.stack([_reached(row, edges) for row in played])
    low, high = np.quantile(rows, (0.1, 0.9), axis=0)
    minutes = (edges / 60).tolist()
    frame = Frame(WIDE, HIGH, (0.0, minutes[-1]), (0.0, 100.0), say("curve"))
    inside = [
        frame.band(minutes, low.tolist(), high.tolist(), 1),
        frame.curve(minutes, recorded.tolist(), 0),
        frame.curve(minutes, rows.mean(axis=0).tolist(), 1),
    ]
    x = [(each, f"{each:g}") for each in ticks(0, minutes[-1], 10)]
    y = [(each, f"{each:g}") for each in (0.0, 25.0, 50.0, 75.0, 90.0, 100.0)]
    return frame.drawn(inside, x, y, say("minutes_axis"), say("share_axis")) + _both(say)


def _reached(seconds: Float64s, edges: Float64s) -> Float64s:
    """Percent; who was never reached is in the whole."""
    ordered = np.sort(np.where(np.isfinite(seconds), seconds, np.inf))
    return np.asarray(100.0 * np.searchsorted(ordered, edges, "right") / max(1, len(ordered)), np.float64)


def hour_means(found: Sequence[Compared], say: Say) -> str:
    """A dot with its interval for the record, and a band for the simulation."""
    hours = [int(each.group) for each in found]
    top = max([1.0, *(max(each.high, each.most) / 60 for each in found)])
    up = _up_to(top)
    frame = Frame(WIDE, HIGH, (-0.5, 23.5), (0.0, up[-1]), say("hours"))
    inside = []
    for hour, each in zip(hours, found, strict=True):
        x = frame.right(hour)
        inside.append(_bar(x + 4, frame.up(each.least / 60), frame.up(each.most / 60), 1))
        inside.append(_dot(x + 4, frame.up(each.simulated / 60), 1, "#fff", each, say))
        inside.append(_bar(x - 4, frame.up(each.low / 60), frame.up(each.high / 60), 0))
        inside.append(_dot(x - 4, frame.up(each.recorded / 60), 0, colour(0), each, say))
    x_ticks = [(float(hour), f"{hour:02d}") for hour in range(0, 24, 2)]
    y_ticks = [(each, say.number(each, digits_for(up))) for each in up]
    return frame.drawn(inside, x_ticks, y_ticks, say("hour"), say("minutes")) + _both(say)


def demand_by_hour(demand: Demand, say: Say) -> str:
    up = _up_to(float(max(demand.recorded.max(), demand.most.max(), 1.0)))
    frame = Frame(WIDE, HIGH, (0.0, 24.0), (0.0, up[-1]), say("demand"))
    middle = [hour + 0.5 for hour in range(24)]
    inside = [
        frame.band(middle, demand.least.tolist(), demand.most.tolist(), 1),
        frame.curve(middle, demand.recorded.tolist(), 0),
        frame.curve(middle, demand.mean.tolist(), 1),
    ]
    x = [(float(hour), f"{hour:02d}") for hour in range(0, 25, 2)]
    y = [(each, say.number(each, digits_for(up))) for each in up]
    return frame.drawn(inside, x, y, say("hour"), say("incidents_axis")) + _both(say)


def stage_differences(found: Sequence[Compared], say: Say) -> str:
    """A bar for each stage: how much longer the model is, in minutes; hollow where nothing is shown."""
    rows = [each for each in found if each.kind == "mean" and each.stretch not in ("late", "transported")]
    ends = [end / 60 for each in rows for end in (each.apart_low, each.apart_high)]
    wide = max(1.0, max(ends) - min(0.0, *ends))
    low, high = min(0.0, *ends) - 0.08 * wide, max(0.0, *ends) + 0.08 * wide
    height, row = 34.0 * len(rows) + 44, 34.0
    frame = Frame(WIDE, height, (low, high), (0.0, 1.0), say("stages"))
    parts = [line(frame.right(0.0), 4, frame.right(0.0), height - 36, "zero")]
    for number, each in enumerate(rows):
        y, stroke = 24 + number * row, f'stroke="{colour(1)}"'
        left, right = frame.right(each.apart_low / 60), frame.right(each.apart_high / 60)
        parts.append(text(LEFT, y - 8, say(each.stretch)))
        parts.append(f'<line x1="{left:.1f}" y1="{y}" x2="{right:.1f}" y2="{y}" {stroke} class="bar"/>')
        parts.append(_dot(frame.right(each.apart / 60), y, 1, colour(1) if each.sure else "#fff", each, say))
    parts.append(line(LEFT, height - 36, WIDE - RIGHT, height - 36, "axis"))
    marks = ticks(low, high, 8)
    for value in marks:
        parts.append(text(frame.right(value), height - 20, say.signed(value, digits_for(marks)), "middle"))
    return opened(WIDE, height, say("stages")) + "".join(parts) + "</svg>"


def _both(say: Say) -> str:
    return legend([say("recorded"), say("simulated")])


def _bar(x: float, one: float, other: float, number: int) -> str:
    stroke = f'stroke="{colour(number)}"'
    return f'<line x1="{x:.1f}" y1="{one:.1f}" x2="{x:.1f}" y2="{other:.1f}" {stroke} class="bar"/>'


def _dot(x: float, y: float, number: int, fill: str, each: Compared, say: Say) -> str:
    words = f"{say(each.stretch)} {each.group}: {say.minutes(each.recorded)} / {say.minutes(each.simulated)}"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" stroke="{colour(number)}" fill="{fill}">'
        f"<title>{escape(words)}</title></circle>"
    )


def _up_to(top: float) -> list[float]:
    up = ticks(0, top, 5)
    if up[-1] < top:
        up.append(up[-1] + (up[1] - up[0] if len(up) > 1 else top))
    return up
