"""Late calls on a map: the parts of the city, darker where more calls are reached late."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import cos, radians

from routing.arrays import Int64s
from simulations.experiment.inputs import WardShape
from simulations.results.report.areas import Areas
from simulations.results.report.say import Say

SHADES = ("#fde8d7", "#fbbf8d", "#f08a4b", "#c5501c", "#7f2704")
FEW = 20
"""Of fewer calls no share is told: it would be chance."""
WIDE = 460.0


def scale_for(late: Sequence[Int64s], calls: Sequence[Int64s]) -> list[float]:
    """Where one shade ends and the next begins, percent; one scale for all rivals."""
    shares = sorted(
        100.0 * its_late / its_calls
        for some_late, some_calls in zip(late, calls, strict=True)
        for its_late, its_calls in zip(some_late.tolist(), some_calls.tolist(), strict=True)
        if its_calls >= FEW
    )
    top = shares[int(0.95 * (len(shares) - 1))] if shares else 0.0
    step = next((each for each in (1, 2, 3, 4, 5, 8, 10, 15, 20) if 5 * each >= top), 20)
    return [step * each for each in (1.0, 2.0, 3.0, 4.0)]


def city_map(
    areas: Areas, calls: Int64s, late: Int64s, bounds: Sequence[float], say: Say, drawn_town: bool = False
) -> str:
    """drawn_town : whether its streets exist nowhere, and nobody's map is shown"""
    points = [point for shape in areas.shapes for ring in shape.rings for point in ring]
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    narrow = cos(radians((south + north) / 2))
    scale = WIDE / max((east - west) * narrow, (north - south) * 0.9, 1e-6)
    width, height = (east - west) * narrow * scale + 8, (north - south) * scale + 8

    def path(shape: WardShape) -> str:
        rings = []
        for ring in shape.rings:
            at = (
                f"{4 + (lon - west) * narrow * scale:.1f} {4 + (north - lat) * scale:.1f}"
                for lat, lon in ring
            )
            rings.append(f"M{'L'.join(at)}Z")
        return "".join(rings)

    parts = []
    each = zip(areas.shapes, calls.tolist(), late.tolist(), strict=True)
    # Circles below: where one reaches over a ward whose shape is known, the shape is right.
    for shape, its_calls, its_late in sorted(each, key=lambda it: not it[0].circle):
        share = 100.0 * its_late / its_calls if its_calls else 0.0
        few = its_calls < FEW
        fill = "#e3e3e8" if few else shade(share, bounds)
        words = say("few_calls", n=FEW) if few else f"{say.number(share)}% ({its_late}/{its_calls})"
        title = escape(f"{shape.name}: {words}")
        parts.append(f'<path d="{path(shape)}" fill="{fill}"><title>{title}</title></path>')
    label = escape(say("map"))
    drawn = f'<svg class="map" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{label}">'
    return f'{drawn}{"".join(parts)}</svg><p class="osm">{escape(say("drawn" if drawn_town else "osm"))}</p>'


def shade(share: float, bounds: Sequence[float]) -> str:
    return SHADES[sum(share >= bound for bound in bounds)]


def key(bounds: Sequence[float], say: Say) -> str:
    digits = 0 if all(bound == int(bound) for bound in bounds) else 1
    edges = [say.number(bound, digits) for bound in bounds]
    names = [
        f"< {edges[0]}%",
        *(f"{a}–{b}%" for a, b in pairwise(edges)),
        f"≥ {edges[-1]}%",
    ]
    items = [
        f'<li><span class="shade" style="background:{fill}"></span>{name}</li>'
        for fill, name in zip(SHADES, names, strict=True)
    ]
    few = f'<li><span class="shade" style="background:#e3e3e8"></span>{escape(say("few_calls", n=FEW))}</li>'
    return f'<ul class="legend">{"".join(items)}{few}</ul>'
