"""The letter town as an ambulance service whose nights can be simulated, made once a process."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from simulations.city_model.as_rival import ground_of_model
from simulations.city_model.coarser import coarser
from simulations.city_model.model import Shift
from simulations.city_model.of_city import model_of_city, read_demand
from simulations.nights.open import service_on
from simulations.nights.service import Service
from simulations.scenario.models import Standing
from tests.simulated_letters import city_folder, roads

HCMC = Path(__file__).parents[1] / "cities" / "hcmc"
NIGHTS = Shift("nights", ("Mon-Sun 18:30-06:30",))


@cache
def letters() -> Service:
    """Half of its crews come for the night only; drives take longer in the rush."""
    city = load_city(city_folder())
    rules = load_rules(city_folder(), city.targets)
    model = coarser(model_of_city(city, rules, roads(), read_demand(HCMC)), 30)
    units = tuple(
        replace(unit, shift="nights" if number % 2 else unit.shift) for number, unit in enumerate(model.units)
    )
    model = replace(model, shifts=(*model.shifts, NIGHTS), units=units)
    standing = Standing(model, roads(), rules)
    return service_on(standing, ground_of_model(model, roads())).with_calls(0.5)
