"""A whole city model around a fitted demand: the rest from another model, or assumed and marked so."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from domain.values import Position
from simulations.city_model.durations import Duration, constant
from simulations.city_model.model import (
    NO_INCIDENT,
    PRIORITIES,
    CallTaking,
    CityModel,
    Desks,
    Hospital,
    Shift,
    Station,
    Times,
    Unit,
)
from simulations.city_model.week import ALL_WEEK, HOURS
from simulations.demand.cells import halve
from simulations.demand.fit import Fitted

BUSY = 0.35
"""How busy an assumed fleet is: as many units as that asks for, each bound for AN_HOUR by a call."""
A_RUN_H = 1.2
STATIONS, HOSPITALS = 12, 4
ASSUMED = "assumed: where many calls come from"

TIMES = Times(
    decide=Duration("gamma", (75.0, 4.0), 15.0, 600.0),
    scene=Duration("gamma", (960.0, 5.0), 120.0, 5400.0),
    handover=Duration("gamma", (1200.0, 4.0), 180.0, 7200.0),
    clear=Duration("gamma", (390.0, 4.0), 60.0, 1800.0),
    stay=Duration("lognormal", (14_400.0, 0.8), 1800.0, 172_800.0),
)


def with_demand(model: CityModel, fitted: Fitted, source: str) -> CityModel:
    """The model with the fitted demand. Incidents of a log tell nothing of those who ring and need nobody:
    then these kinds are the model's own, for they keep lines and call takers busy.

    Raises ValueError where the model says nothing of a priority that rings.
    """
    for kind in fitted.kinds:
        if kind.priority not in model.call_taking.talk:
            raise ValueError(f"{model.id} says nothing of {kind.priority}, the priority of '{kind.id}'.")
    names = {kind.id for kind in fitted.kinds}
    told = any(kind.priority == NO_INCIDENT for kind in fitted.kinds)
    kept = [] if told else [k for k in model.kinds if k.priority == NO_INCIDENT and k.id not in names]
    also = {f"rates of {', '.join(kind.id for kind in kept)}": f"as in {model.id}"} if kept else {}
    return replace(
        model,
        periods=fitted.periods,
        places=fitted.places,
        kinds=(*fitted.kinds, *kept),
        sources={**model.sources, "places, rates": source, **also},
    )


def assumed_around(fitted: Fitted, model_id: str, name: str, timezone: str, source: str) -> CityModel:
    """Stations and hospitals stand where many calls come from, and the fleet is as busy as BUSY: nothing of
    it is known, so put your own tables in their place."""
    serious = [kind for kind in fitted.kinds if kind.priority != NO_INCIDENT]
    hourly = sum(sum(kind.rates) for kind in serious) / HOURS
    positions = _spread(fitted, STATIONS)
    units = max(len(positions), ceil(hourly * A_RUN_H / BUSY))
    callers = sorted({kind.priority for kind in fitted.kinds})
    wanted = [each for each in PRIORITIES if each in callers]
    return CityModel(
        id=model_id,
        name=name,
        timezone=timezone,
        about="Rates, kinds and places were fitted to a history of calls. All else is assumed.",
        periods=fitted.periods,
        places=fitted.places,
        kinds=fitted.kinds,
        times=dict.fromkeys(wanted, TIMES),
        transported=dict.fromkeys(wanted, 0.8),
        target_s={"P1": 480, "P2": 900, "P3": 1800, "P4": 3600},
        shifts=(Shift("always", ALL_WEEK),),
        stations=tuple(
            Station(f"s{number}", f"Station {number}", position, ASSUMED)
            for number, position in enumerate(positions, 1)
        ),
        units=tuple(
            Unit(
                f"C{number + 1}",
                "van",
                ("ALS", "BLS", "transport"),
                f"s{number % len(positions) + 1}",
                "always",
            )
            for number in range(units)
        ),
        turnout_s={"van": 60.0},
        hospitals=tuple(
            Hospital(
                f"h{number}",
                f"Hospital {number}",
                position,
                ("general",),
                {"EmergencyDepartment": ceil(hourly * 6)},
                source=ASSUMED,
            )
            for number, position in enumerate(_spread(fitted, HOSPITALS), 1)
        ),
        call_taking=CallTaking(
            lines=50,
            desks=(Desks("always", max(2, ceil(hourly * 0.2) + 2)),),
            talk=dict.fromkeys(callers, Duration("gamma", (120.0, 3.0), 20.0)),
            patience=constant(300.0),
        ),
        pace=(1.0,) * HOURS,
        sources={"places, rates": source, "all else": "assumed"},
    )


def _spread(fitted: Fitted, most: int) -> list[Position]:
    """Of so many parts of equal demand, the busiest place in each."""
    positions = [place.position for place in fitted.places]
    weight = np.array([sum(place.weights) for place in fitted.places])
    lat, lon = (np.array([getattr(each, axis) for each in positions]) for axis in ("lat", "lon"))
    part = halve(lat, lon, weight, most)
    return [positions[_busiest(np.flatnonzero(part == each), weight)] for each in range(part.max() + 1)]


def _busiest(places: np.ndarray, weight: np.ndarray) -> int:
    inside: Sequence[int] = places.tolist()
    return max(inside, key=lambda place: float(weight[place]))
