"""What a city model says of shifts, traffic and doors of hospitals, as the rivals of its nights share it."""

from dataclasses import replace
from datetime import datetime

from simulations.city_model.model import CityModel
from simulations.city_model.on_duty import spells_of
from simulations.ground.build import CityGround, Reckoned, StillRoads, build_ground, not_told
from simulations.hospitals import Taken
from simulations.rival import Rival


def rival_in(model: CityModel, rival: Rival, begins: datetime, hours: float) -> Rival:
    """The rival, with the shifts, the pace and the handovers of the model where it says nothing of its own.

    hours : how long callers ring; shifts are told until a day after that
    """
    spells = {shift.id: spells_of(model, shift.id, begins, hours) for shift in model.shifts}
    always = {shift for shift, its in spells.items() if its == [(0.0, float("inf"))]}
    shifts = {unit.callsign: tuple(spells[unit.shift]) for unit in model.units if unit.shift not in always}
    doors = {
        hospital.id: hospital.handover_factor
        for hospital in model.hospitals
        if hospital.handover_factor != 1.0
    }
    pace = model.pace if set(model.pace) != {1.0} else ()
    return replace(
        rival,
        shifts=rival.shifts or shifts,
        pace=rival.pace or pace,
        doors=rival.doors or doors,
        stays=rival.stays or stays_of(model),
        taken=rival.taken or taken_of(model),
    )


def stays_of(model: CityModel) -> dict[str, float]:
    """Of the hospitals where beds are kept for a longer or shorter time than elsewhere."""
    return {each.id: each.stay_factor for each in model.hospitals if each.stay_factor != 1.0}


def taken_of(model: CityModel) -> Taken:
    """The beds that others lie in, in whole beds."""
    found = {
        each.id: {
            kind: round(model.occupied[kind] * count)
            for kind, count in each.beds.items()
            if model.occupied.get(kind)
        }
        for each in model.hospitals
    }
    return {hospital: beds for hospital, beds in found.items() if beds}


def ground_of_model(model: CityModel, roads: StillRoads, reckoned: Reckoned = not_told) -> CityGround:
    """Places, hospitals and stations in the order of the model. Takes a minute for a city."""
    return build_ground(
        roads,
        [place.position for place in model.places],
        [hospital.position for hospital in model.hospitals],
        [station.position for station in model.stations],
        list(dict.fromkeys(unit.kind for unit in model.units)),
        reckoned=reckoned,
    )
