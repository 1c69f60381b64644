"""A plan of stations in words and figures."""

from typing import Any

from simulations.planning.stations import Rival, StationPlan
from simulations.statistics.intervals import Difference, Interval

NAMES = {
    "now": "as it stands",
    "formula": "with the new stations",
    "search": "after local search",
}


def said(plan: StationPlan) -> str:
    asked, layout = plan.asked, plan.layout
    lines = [f"{sum(site.stands for site in layout.sites)} stations stand on the map."]
    if layout.left_out:
        lines.append(f"Not on the map, so left out: {', '.join(layout.left_out)}.")
    if layout.unreached > 0:
        lines.append(f"Not on the map or without a road to it: {layout.unreached:.1%} of the demand.")
    lines += [
        "",
        f"By the formulas, a free crew at every station, within {asked.within_s:.0f} s of turnout and drive:",
        f"  as it stands   {plan.covered_now:6.1%} of the demand covered, "
        f"{plan.mean_s_now:4.0f} s on average",
    ]
    for choice in plan.choices:
        proved = "proven best" if choice.answer.proved else f"no choice exceeds {choice.answer.bound:.4g}"
        lines.append(
            f"  {choice.model:<14} {choice.covered:6.1%} of the demand covered, {choice.mean_s:4.0f} s on "
            f"average ({proved})"
        )
    lines += ["", f"Opened by {asked.model}:"]
    lines += [
        f"  {site.id:<10} {site.position.lat:.5f}, {site.position.lon:.5f}  {site.name}"
        for site in plan.opened
    ]
    lines += ["", f"By simulation, {asked.nights} nights that nobody searched on, 95 % intervals:"]
    for rival in plan.rivals:
        lines.append(
            f"  {NAMES[rival.name]:<22} late {_share(rival.late)}  response {_seconds(rival.mean_s)}"
            f"  {sum(rival.vans.values())} vans{_gain(rival)}"
        )
    if plan.found is not None:
        lines.append(
            f"The search tried {plan.found.tried} placings and kept {len(plan.found.steps) - 1} moves; "
            f"more tries might find more."
        )
    return "\n".join([*lines, "Map data (c) OpenStreetMap contributors, ODbL."])


def _share(told: Interval) -> str:
    return f"{100 * told.mean:5.2f} % ({100 * told.low:.2f} to {100 * told.high:.2f})"


def _seconds(told: Interval) -> str:
    return f"{told.mean:4.0f} s ({told.low:.0f} to {told.high:.0f})"


def _gain(rival: Rival) -> str:
    if rival.gain is None:
        return ""
    if not rival.gain.sure:
        return "  no difference seen in what is late"
    least, most = sorted((100 * abs(rival.gain.interval.low), 100 * abs(rival.gain.interval.high)))
    return f"  {'less' if rival.gain.interval.mean < 0 else 'more'} late by {least:.2f} to {most:.2f} points"


def figures(plan: StationPlan) -> dict[str, Any]:
    return {
        "within_s": plan.asked.within_s,
        "nights": plan.asked.nights,
        "seed": plan.asked.seed,
        "left_out": list(plan.layout.left_out),
        "unreached": round(plan.layout.unreached, 6),
        "now": {"covered": round(plan.covered_now, 6), "mean_s": round(plan.mean_s_now, 1)},
        "models": [
            {
                "name": choice.model,
                "covered": round(choice.covered, 6),
                "mean_s": round(choice.mean_s, 1),
                "proved": choice.answer.proved,
                "bound": round(choice.answer.bound, 6),
                "opened": [_site(plan, number) for number in choice.answer.opened],
            }
            for choice in plan.choices
        ],
        "rivals": [
            {
                "name": rival.name,
                "vans": rival.vans,
                "late": _interval(rival.late),
                "mean_s": _interval(rival.mean_s),
                "homeward_km": _interval(rival.homeward_km),
                "late_against_now": _difference(rival.gain),
                "mean_s_against_now": _difference(rival.slower),
            }
            for rival in plan.rivals
        ],
    }


def _site(plan: StationPlan, number: int) -> dict[str, Any]:
    site = plan.layout.sites[number]
    return {"id": site.id, "name": site.name, "lat": site.position.lat, "lon": site.position.lon}


def _interval(told: Interval) -> list[float]:
    return [round(each, 6) for each in (told.mean, told.low, told.high)]


def _difference(told: Difference | None) -> dict[str, Any] | None:
    return None if told is None else {"interval": _interval(told.interval), "p": told.p, "sure": told.sure}
