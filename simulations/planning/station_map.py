"""The stations of a plan on a map: what stands, what is new and how sure it is, and where calls come from."""

from collections.abc import Sequence
from html import escape
from math import cos, radians, sqrt

import numpy as np

from simulations.experiment.inputs import WardShape
from simulations.planning.stations import StationPlan
from simulations.results.report.say import Say

METRES_A_DEGREE = 111_195.0
WIDE, EDGE, FOOT = 900.0, 22.0, 64.0
NEW, STANDS, CALLS, WARD = "#c2410c", "#1d4ed8", "#b9c1ca", "#f1f4f7"
LOOK_OF_NEW = f'fill="{NEW}" stroke="#fff" stroke-width="2"'
FAINT = 0.04
"""Sites that were chosen more rarely when asked again are left out of the picture."""


def by_sureness(plan: StationPlan) -> list[tuple[int, float | None]]:
    """Each opened site among those of the layout, and how often it was chosen again: the surest first."""
    opened = list(next(each for each in plan.choices if each.model == plan.asked.model).answer.opened)
    if plan.doubt is None:
        return [(site, None) for site in opened]
    pairs = zip(plan.doubt.again, opened, strict=True)
    return [(site, again) for again, site in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))]


def station_map(plan: StationPlan, shapes: Sequence[WardShape], say: Say) -> str:
    """A picture that stands by itself, wards behind all else where their shapes are known."""
    layout = plan.layout
    places = np.array([(each.lat, each.lon) for each in layout.places])
    sites = np.array([(each.position.lat, each.position.lon) for each in layout.sites])
    every = np.concatenate([places, sites])
    south, west = every.min(axis=0)
    north, east = every.max(axis=0)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDE - 2 * EDGE) / max((east - west) * narrow, (north - south) * 0.8, 1e-6)
    width, height = (east - west) * narrow * scale + 2 * EDGE, (north - south) * scale + 2 * EDGE

    def at(lat: float, lon: float) -> tuple[float, float]:
        return EDGE + (lon - west) * narrow * scale, EDGE + (north - lat) * scale

    def dot(where: Sequence[float], radius: float, look: str, words: str = "") -> str:
        x, y = at(*where)
        told = f"<title>{escape(words)}</title>" if words else ""
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}>{told}</circle>'

    parts = [f'<rect width="{width:.0f}" height="{height + FOOT:.0f}" fill="#fff"/>']
    for shape in shapes:
        for ring in () if shape.circle else shape.rings:
            if not any(south <= lat <= north and west <= lon <= east for lat, lon in ring):
                continue  # nothing of it would be seen
            line = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*point) for point in ring))
            parts.append(f'<path d="M{line}Z" fill="{WARD}" stroke="#d5dbe2"/>')
    weight = layout.weight.sum(axis=0)
    for where, share in zip(places.tolist(), (weight / weight.max()).tolist(), strict=True):
        parts.append(dot(where, 1.2 + 3.0 * sqrt(share), f'fill="{CALLS}"'))
    new = by_sureness(plan)
    opened = {site for site, _ in new}
    for site, share in enumerate(plan.doubt.chosen if plan.doubt else ()):
        if share >= FAINT and site not in opened and not layout.sites[site].stands:
            words = f"{layout.sites[site].name} {say.number(100 * share, 0)}%"
            look = f'fill="{NEW}" fill-opacity=".12" stroke="{NEW}" stroke-opacity=".5"'
            parts.append(dot(sites[site].tolist(), 3 + 12 * sqrt(share), look, words))
    for its, where in zip(layout.sites, sites.tolist(), strict=True):
        if its.stands:
            x, y = at(*where)
            box = f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
            parts.append(f'{box} fill="{STANDS}" stroke="#fff"><title>{escape(its.name)}</title></rect>')
    for number, (site, again) in enumerate(new, 1):
        name = layout.sites[site].name
        told = name if again is None else f"{name} {say.number(100 * again, 0)}%"
        parts.append(dot(sites[site].tolist(), 11, f'class="new" {LOOK_OF_NEW}', told))
        x, y = at(*sites[site].tolist())
        parts.append(_text(x, y + 4.5, str(number), "middle", "fill:#fff;stroke:none;font-weight:700"))
    parts += _foot(width, height, 1000.0 / METRES_A_DEGREE * scale, say, plan.drawn)
    label = escape(say("title", count=len(new)))
    box = f'viewBox="0 0 {width:.0f} {height + FOOT:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{label}" '
    return f'{head}font-family="Roboto,Segoe UI,system-ui,sans-serif" font-size="13">{"".join(parts)}</svg>'


def _foot(width: float, height: float, a_km: float, say: Say, drawn: bool) -> list[str]:
    """What the signs mean, how long so many kilometres are, and whose the map is."""
    y = height + 14.0
    keys = (
        (f'<circle cx="8" cy="-4" r="8" fill="{NEW}"/>', "map_new"),
        (f'<rect x="4" y="-8" width="8" height="8" fill="{STANDS}"/>', "map_stands"),
        (f'<circle cx="8" cy="-4" r="7" fill="{NEW}" fill-opacity=".12" stroke="{NEW}"/>', "map_other"),
        (f'<circle cx="8" cy="-4" r="3.5" fill="{CALLS}"/>', "map_calls"),
    )
    parts = [f'<rect y="{height:.0f}" width="{width:.0f}" height="{FOOT:.0f}" fill="#fff"/>']
    x = EDGE
    for sign, key in keys:
        words = say(key)
        parts.append(f'<g transform="translate({x:.0f} {y:.0f})">{sign}{_text(22, 0, words)}</g>')
        x += 46 + 7.2 * len(words)
    kilometres = next((each for each in (50, 20, 10, 5, 2, 1) if each * a_km <= width / 4), 1)
    left = width - EDGE - kilometres * a_km
    ruler = f"M{left:.1f} {y - 8:.1f}v6h{kilometres * a_km:.1f}v-6"
    parts.append(f'<path d="{ruler}" fill="none" stroke="#16202b"/>')
    parts.append(_text(left - 6, y - 1, f"{kilometres} {say('km')}", "end"))
    parts.append(_text(EDGE, y + 30, say("drawn" if drawn else "osm"), "start", "fill:#4c5967"))
    return parts


def _text(x: float, y: float, words: str, anchor: str = "start", style: str = "fill:#16202b") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{escape(words)}</text>'
