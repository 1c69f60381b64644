"""What must hold between the files of a model."""

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.values import Position
from simulations.city_model.faults import Faults
from simulations.city_model.fields import Fields
from simulations.city_model.model import CityModel
from simulations.city_model.week import HOUR_NAMES, HOURS, hours_of, in_week
from simulations.city_model.write import FLEET, HOSPITALS, PLACES, STATIONS


def check(model: CityModel, head: Fields, faults: Faults) -> None:
    """Tell each name used twice, each name used in vain, and hours that are nobody's."""
    _spells(model, head)
    _places(model, faults)
    if not any(any(kind.rates) for kind in model.kinds):
        faults.say("week.csv", None, "nobody ever calls: all rates are 0")
    for file, names in (
        (PLACES, [each.id for each in model.places]),
        (STATIONS, [each.id for each in model.stations]),
        (FLEET, [each.callsign for each in model.units]),
        (HOSPITALS, [each.id for each in model.hospitals]),
    ):
        if not names:
            faults.say(file, None, "has no line; at least one is needed")
        for row, name in _twice(names):
            faults.row(file, row, f"'{name}' is there already; each has a name of its own")
    stations, shifts = {each.id for each in model.stations}, {each.id for each in model.shifts}
    for row, unit in enumerate(model.units):
        if unit.station not in stations:
            faults.row(FLEET, row, f"there is no station '{unit.station}' in {STATIONS}")
        if unit.shift not in shifts:
            faults.row(FLEET, row, f"there is no shift '{unit.shift}' in [shifts] of model.toml")
        if unit.kind not in model.turnout_s:
            faults.row(FLEET, row, f"[turnout_s] of model.toml says nothing of a {unit.kind}")
    for number, desks in enumerate(model.call_taking.desks):
        if desks.shift not in shifts:
            head.fault(f"call_taking.desks.{number}.shift", f"names no shift: there is no '{desks.shift}'")


def _spells(model: CityModel, head: Fields) -> None:
    """Spells are spells, and every hour is in one period."""
    for shift in model.shifts:
        try:
            in_week(shift.spells)
        except ValueError as refusal:
            head.fault(f"shifts.{shift.id}", f"cannot be so: {refusal}")
    whose: dict[int, str] = {}
    right = True
    for period in model.periods:
        try:
            hours = hours_of(period.spells)
        except ValueError as refusal:
            head.fault(f"periods.{period.id}", f"cannot be so: {refusal}")
            right = False
            continue
        for hour in hours:
            if hour in whose:
                head.fault(
                    f"periods.{period.id}", f"has {HOUR_NAMES[hour]}, which is in '{whose[hour]}' already"
                )
                right = False
                break
            whose[hour] = period.id
    if right and len(whose) < HOURS:
        nobody = next(hour for hour in range(HOURS) if hour not in whose)
        head.fault("periods", f"have no period for {HOUR_NAMES[nobody]}")


def _places(model: CityModel, faults: Faults) -> None:
    seen: dict[Position, str] = {}
    for row, place in enumerate(model.places):
        if place.position in seen:
            faults.row(PLACES, row, f"'{place.id}' lies where '{seen[place.position]}' lies")
        seen[place.position] = place.id
    for number, period in enumerate(model.periods):
        if model.places and not any(place.weights[number] for place in model.places):
            faults.say(PLACES, 1, f"nobody calls in '{period.id}': all its weights are 0")


def _twice(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each but the first of equal names, with its row."""
    so_far: Counter[str] = Counter()
    for row, name in enumerate(names):
        so_far[name] += 1
        if so_far[name] > 1:
            yield row, name
