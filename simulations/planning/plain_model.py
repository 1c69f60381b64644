"""An ordinary week of a city that nobody has counted: calls where people live, durations assumed."""

from collections.abc import Sequence

from dispatch.rules import Rules
from domain.city import City
from domain.values import Position
from simulations.city_model.durations import Duration, constant
from simulations.city_model.model import (
    PRIORITIES,
    CallKind,
    CallTaking,
    CityModel,
    Desks,
    Hospital,
    Period,
    Place,
    Shift,
    Station,
    Times,
    Unit,
)
from simulations.city_model.week import ALL_WEEK
from simulations.living_demo.habits import HOURS
from simulations.policy_day import durations

TIMES = Times(
    decide=Duration("uniform", (30.0, 120.0)),
    scene=Duration("uniform", (420.0, 1500.0)),
    handover=Duration("uniform", (600.0, 1800.0)),
    clear=Duration("uniform", (180.0, 600.0)),
    stay=constant(86_400.0),
)
"""The assumptions of `simulations.policy_day.durations`."""


def plain_model(
    city: City, rules: Rules, places: Sequence[Position], weights: Sequence[float], incidents_a_day: float
) -> CityModel:
    """places, weights : where people live, such as the cells of the map"""
    a_day = sum(HOURS)
    return CityModel(
        id=city.id,
        name=city.name["vi"],
        timezone=city.timezone,
        about="Calls follow the streets people live on; hours, priorities and durations are assumed.",
        periods=(Period("week", ALL_WEEK),),
        places=tuple(
            Place(f"cell-{number}", place, (weight,))
            for number, (place, weight) in enumerate(zip(places, weights, strict=True))
        ),
        kinds=tuple(
            CallKind(
                f"any-{priority.lower()}",
                priority,
                tuple(incidents_a_day * durations.PRIORITIES[priority] * hour / a_day for hour in HOURS) * 7,
            )
            for priority in PRIORITIES
        ),
        times=dict.fromkeys(PRIORITIES, TIMES),
        transported=dict(durations.TRANSPORTED),
        target_s={str(each): seconds for each, seconds in city.targets.response_s.items()},
        shifts=(Shift("always", ALL_WEEK),),
        stations=tuple(Station(each.id, each.name, each.position, each.source) for each in city.stations),
        units=tuple(
            Unit(each.callsign, str(each.kind), tuple(sorted(each.capabilities)), each.station, "always")
            for each in city.units
        ),
        turnout_s=dict(rules.send.turnout_s),
        hospitals=tuple(
            Hospital(
                each.id,
                each.name,
                each.position,
                tuple(sorted(each.specialities)),
                {str(kind): beds.staffed for kind, beds in each.beds.items()},
                source=each.source,
            )
            for each in city.hospitals
        ),
        call_taking=CallTaking(
            lines=1_000,
            desks=(Desks("always", 1_000),),
            talk=dict.fromkeys(("none", *PRIORITIES), constant(0.0)),
            patience=constant(3600.0),
        ),
        pace=(1.0,) * 168,
        sources={"all": "assumed; places: the streets of the map, (c) OpenStreetMap contributors, ODbL"},
    )
