"""A city model in the words of the live system, so that the live rules judge its crews and hospitals."""

from dataclasses import replace

from dispatch.rules import Rules
from domain.city import (
    BedFacts,
    Bounds,
    City,
    HospitalFacts,
    Limit,
    MapFacts,
    Ownership,
    StationFacts,
    Targets,
    UnitFacts,
)
from domain.values import BedKind, Position, Priority, UnitKind
from simulations.city_model.model import CityModel

_ANY_TIME = Limit(10**9, 10**9)
"""Nobody watches a screen in a simulation."""


def city_of(model: CityModel) -> City:
    """Stations, hospitals and units in the order of the model."""
    everywhere = [
        *(place.position for place in model.places),
        *(station.position for station in model.stations),
        *(hospital.position for hospital in model.hospitals),
    ]
    lats, lons = [each.lat for each in everywhere], [each.lon for each in everywhere]
    bounds = Bounds(min(lats) - 0.01, min(lons) - 0.01, max(lats) + 0.01, max(lons) + 0.01)
    return City(
        id=model.id,
        name={"vi": model.name, "en": model.name},
        fictional=False,
        emergency_number="115",
        country_code="84",
        timezone=model.timezone,
        languages=("vi", "en"),
        centre=Position((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2),
        map=MapFacts("extract", bounds),
        targets=Targets(
            response_s={Priority(priority): model.target_s[priority] for priority in model.target_s},
            queue=dict.fromkeys(Priority, _ANY_TIME),
            acknowledge=_ANY_TIME,
            on_scene=_ANY_TIME,
            handover=_ANY_TIME,
            bed_age=_ANY_TIME,
            unit_position=_ANY_TIME,
        ),
        hospitals=tuple(
            HospitalFacts(
                id=each.id,
                code=f"H{number}",
                name=each.name,
                name_en=each.name,
                aliases=(),
                position=each.position,
                specialities=each.specialities,
                specialities_assumed=True,
                beds={BedKind(kind): BedFacts(count, True) for kind, count in each.beds.items()},
                total_beds=None,
                source=each.source,
            )
            for number, each in enumerate(model.hospitals)
        ),
        stations=tuple(
            StationFacts(each.id, each.name, each.position, None, Ownership.CENTRE, each.source, True)
            for each in model.stations
        ),
        units=tuple(
            UnitFacts(each.callsign, UnitKind(each.kind), each.capabilities, each.station, True)
            for each in model.units
        ),
    )


def rules_of(model: CityModel, rules: Rules | None = None) -> Rules:
    """Of a city, with the turnout of the model; Vigil's own where none are given."""
    rules = rules or Rules()
    return replace(rules, send=replace(rules.send, turnout_s=dict(model.turnout_s)))
