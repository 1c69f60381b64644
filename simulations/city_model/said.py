"""What a model holds, in a few lines for people and as figures for programs."""

from typing import Any

import numpy as np

from simulations.city_model.model import NO_INCIDENT, CityModel
from simulations.city_model.on_duty import share_on_duty
from simulations.city_model.week import DAYS, HOUR_NAMES, HOURS


def figures(model: CityModel) -> dict[str, Any]:
    """busy_without_driving : how much of the fleet's time scenes, handovers and clearing take, drives left
    out; the share of an hour in which a unit is bound is larger"""
    week = np.sum([kind.rates for kind in model.kinds], axis=0)
    serious = [kind for kind in model.kinds if kind.priority != NO_INCIDENT]
    staffed = sum(share_on_duty(model, unit.shift) for unit in model.units)
    bound_h = 0.0
    for kind in serious:
        times, taken = model.times[kind.priority], model.transported[kind.priority]
        mean_s = times.scene.mean_s + taken * (times.handover.mean_s + times.clear.mean_s)
        bound_h += float(np.mean(kind.rates)) * mean_s / 3600.0
    by_kind: dict[str, dict[str, Any]] = {
        kind.id: {"priority": kind.priority, "calls_a_day": round(sum(kind.rates) / 7, 2)}
        for kind in model.kinds
    }
    return {
        "id": model.id,
        "name": model.name,
        "calls_a_day": round(float(week.sum()) / 7, 2),
        "incidents_a_day": round(sum(sum(kind.rates) for kind in serious) / 7, 2),
        "busiest_hour": {"hour": HOUR_NAMES[int(week.argmax())], "calls": round(float(week.max()), 2)},
        "calmest_hour": {"hour": HOUR_NAMES[int(week.argmin())], "calls": round(float(week.min()), 2)},
        "by_weekday": dict(zip(DAYS, np.round(week.reshape(7, 24).sum(axis=1), 1).tolist(), strict=True)),
        "kinds": by_kind,
        "places": len(model.places),
        "stations": len(model.stations),
        "units": len(model.units),
        "units_on_duty": round(staffed, 2),
        "busy_without_driving": round(bound_h / staffed, 4) if staffed else None,
        "hospitals": len(model.hospitals),
        "beds": sum(sum(each.beds.values()) for each in model.hospitals),
        "takers_on_duty": round(
            sum(each.count * share_on_duty(model, each.shift) for each in model.call_taking.desks), 2
        ),
        "lines": model.call_taking.lines,
        "slowest_hours": [HOUR_NAMES[hour] for hour in range(HOURS) if model.pace[hour] == max(model.pace)][
            :3
        ],
        "slowest_pace": max(model.pace),
        "sources": dict(model.sources),
    }


def said(model: CityModel) -> str:
    told = figures(model)
    busy = told["busy_without_driving"]
    lines = [
        f"{told['name']} ({told['id']})",
        model.about,
        f"{told['calls_a_day']:g} calls a day, {told['incidents_a_day']:g} of them incidents, "
        f"from {told['places']} places.",
        f"Busiest: {told['busiest_hour']['hour']}, {told['busiest_hour']['calls']:g} calls; "
        f"calmest: {told['calmest_hour']['hour']}, {told['calmest_hour']['calls']:g}.",
        *(
            f"  {name:<16}{each['priority']:<6}{each['calls_a_day']:>9.1f} a day"
            for name, each in told["kinds"].items()
        ),
        f"{told['units']} units ({told['units_on_duty']:g} on duty on average) at {told['stations']} stations"
        + ("." if busy is None else f", {100 * busy:.0f} % of their time bound before any driving."),
        f"{told['hospitals']} hospitals with {told['beds']} beds. "
        f"{told['takers_on_duty']:g} call takers on average, {told['lines']} lines.",
        f"Drives take up to {told['slowest_pace']:g} times as long ({', '.join(told['slowest_hours'])})."
        if len(set(model.pace)) > 1
        else "",
        *(f"  {name}: {source}" for name, source in told["sources"].items()),
    ]
    return "\n".join(line for line in lines if line)
