"""A plan of stations in words and figures."""

from typing import Any

from simulations.planning.station_map import by_sureness
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
    if len(layout.pace) > 1:
        lines.insert(
            len(lines) - 1,
            f"  (drives by the hour: {layout.pace.min():.2f} to {layout.pace.max():.2f} times those on empty "
            "streets)",
        )
    for choice in plan.choices:
        proved = "proven best" if choice.answer.proved else f"no choice exceeds {choice.answer.bound:.4g}"
        lines.append(
            f"  {choice.model:<14} {choice.covered:6.1%} of the demand covered, {choice.mean_s:4.0f} s on "
            f"average ({proved})"
        )
    lines += ["", f"Opened by {asked.model}:"]
    lines += [
        f"  {layout.sites[site].id:<10} {layout.sites[site].position.lat:.5f}, "
        f"{layout.sites[site].position.lon:.5f}  {layout.sites[site].name}{_again(again)}"
        for site, again in by_sureness(plan)
    ]
    if plan.doubt is not None:
        lost = max(best - ours for ours, best in zip(plan.doubt.covered, plan.doubt.best, strict=True))
        lines.append(
            f"  Asked {len(plan.doubt.covered)} times with demand and drives off by chance, they covered "
            f"{min(plan.doubt.covered):.1%} to {max(plan.doubt.covered):.1%}, at most {100 * lost:.1f} "
            "points less than the best of each time."
        )
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
        by_search = plan.rivals[-1].by_search
        if by_search is not None:
            lines.append(f"That step alone:{_step(by_search)}.")
    return "\n".join([*lines, _whose(plan)])


def _whose(plan: StationPlan) -> str:
    return "A drawn town, no real map." if plan.drawn else "Map data (c) OpenStreetMap contributors, ODbL."


def _share(told: Interval) -> str:
    return f"{100 * told.mean:5.2f} % ({100 * told.low:.2f} to {100 * told.high:.2f})"


def _seconds(told: Interval) -> str:
    return f"{told.mean:4.0f} s ({told.low:.0f} to {told.high:.0f})"


def _again(share: float | None) -> str:
    return "" if share is None else f"  again in {share:.0%}"


def _gain(rival: Rival) -> str:
    if rival.gain is None or rival.slower is None:
        return ""
    slower = "no difference seen in the response"
    if rival.slower.sure:
        low, high = sorted(abs(end) for end in (rival.slower.interval.low, rival.slower.interval.high))
        way = "less" if rival.slower.interval.mean < 0 else "more"
        slower = f"{low:.0f} to {high:.0f} s {way}"
    return f"{_step(rival.gain)}, {slower}"


def _step(found: Difference) -> str:
    if not found.sure:
        return "  no difference seen in what is late"
    least, most = sorted((100 * abs(found.interval.low), 100 * abs(found.interval.high)))
    return f"  {'less' if found.interval.mean < 0 else 'more'} late by {least:.2f} to {most:.2f} points"


def figures(plan: StationPlan) -> dict[str, Any]:
    return {
        "within_s": plan.asked.within_s,
        "nights": plan.asked.nights,
        "seed": plan.asked.seed,
        "left_out": list(plan.layout.left_out),
        "unreached": round(plan.layout.unreached, 6),
        "pace": [round(float(each), 4) for each in plan.layout.pace],
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
        "doubt": None
        if plan.doubt is None
        else {
            "times": len(plan.doubt.covered),
            "again": [
                {**_site(plan, site), "share": round(share or 0.0, 4)} for site, share in by_sureness(plan)
            ],
            "covered": [round(each, 6) for each in plan.doubt.covered],
            "best": [round(each, 6) for each in plan.doubt.best],
        },
        "rivals": [
            {
                "name": rival.name,
                "vans": rival.vans,
                "late": _interval(rival.late),
                "mean_s": _interval(rival.mean_s),
                "homeward_km": _interval(rival.homeward_km),
                "late_against_now": _difference(rival.gain),
                "mean_s_against_now": _difference(rival.slower),
                "late_against_formula": _difference(rival.by_search),
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
