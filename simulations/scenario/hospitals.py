"""Where patients are taken while hospitals are lost or opened: the live rule, asked once for each state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dispatch.rules import Rules
from domain.city import City
from domain.values import BedKind, Needs
from routing.arrays import Int32s
from simulations.city_model.model import CityModel, Hospital
from simulations.ground.build import CityGround
from simulations.lean.columns import NOBODY
from simulations.lean.of_day import NEEDS, hospital_of
from simulations.scenario.scenario import Change, HospitalOpened, HospitalsLost, Isolation, Scenario

ISOLATED: Final = BedKind.OTHER_ISOLATION.value
INFECTIOUS: Final = "infectious"


def needs_of(scenario: Scenario) -> tuple[Needs, ...]:
    """What a patient of each priority needs; behind these the same of one who may infect others, where the
    scenario has such."""
    if not any(isinstance(each, Isolation) for each in scenario.changes):
        return NEEDS
    return *NEEDS, *(replace(each, bed_kind=ISOLATED, speciality=INFECTIOUS) for each in NEEDS)


def with_opened(model: CityModel, changes: Sequence[Change]) -> CityModel:
    """The model's hospitals, and behind them those that open at some time."""
    opened = [each for each in changes if isinstance(each, HospitalOpened)]
    more = tuple(Hospital(each.id, each.name, each.position, each.specialities, each.beds) for each in opened)
    return replace(model, hospitals=(*model.hospitals, *more))


def taken_to(
    city: City,
    rules: Rules,
    ground: CityGround,
    now: datetime,
    states: Sequence[tuple[Change, ...]],
    late: Sequence[str],
    needs: tuple[Needs, ...] = NEEDS,
) -> Int32s:
    """int32[places, states * needs]: need n in state s has the number s * needs + n.

    late : ids of those hospitals that are there only while they are opened
    """
    return np.concatenate(
        [_in_state(city, rules, ground, now, force, late, needs) for force in states], axis=1
    )


def there_in(
    model: CityModel, states: Sequence[tuple[Change, ...]], late: Sequence[str]
) -> NDArray[np.bool_]:
    """bool[states, hospitals], who takes anybody at all."""
    return np.array(
        [[_there(each.id, force, late) for each in model.hospitals] for force in states], np.bool_
    )


def _there(hospital: str, force: tuple[Change, ...], late: Sequence[str]) -> bool:
    lost = any(isinstance(each, HospitalsLost) and hospital in each.hospitals for each in force)
    opened = any(isinstance(each, HospitalOpened) and hospital == each.id for each in force)
    return not lost and (hospital not in late or opened)


def _in_state(
    city: City,
    rules: Rules,
    ground: CityGround,
    now: datetime,
    force: tuple[Change, ...],
    late: Sequence[str],
    needs: tuple[Needs, ...],
) -> Int32s:
    there = [number for number, each in enumerate(city.hospitals) if _there(each.id, force, late)]
    columns = ground.columns._replace(
        to_hospital_s=ground.columns.to_hospital_s[:, there],
        to_hospital_m=ground.columns.to_hospital_m[:, there],
    )
    some = replace(city, hospitals=tuple(city.hospitals[number] for number in there))
    found = hospital_of(some, rules, replace(ground, columns=columns), now, needs)
    if not there:
        return found
    return np.where(found == NOBODY, NOBODY, np.array(there, np.int32)[found]).astype(np.int32)
