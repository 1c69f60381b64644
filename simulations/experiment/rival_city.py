"""The city as a rival would have it."""

from dataclasses import replace

from dispatch.policies.send_rules import SendRules
from domain.city import City, UnitFacts
from domain.values import UnitKind
from simulations.experiment.experiment import Rival
from simulations.experiment.file import BadExperiment


def rival_city(city: City, rival: Rival) -> City:
    """Raises BadExperiment where it names what the city has not."""
    there = {unit.callsign for unit in city.units}
    if strange := sorted(set(rival.without) - there):
        raise BadExperiment(f"Rival `{rival.name}`: {city.id} has no unit `{strange[0]}`")
    units = [unit for unit in city.units if unit.callsign not in rival.without]
    for station, count in rival.more.items():
        if city.station(station) is None:
            raise BadExperiment(f"Rival `{rival.name}`: {city.id} has no station `{station}`")
        units += [_added(station, number, city) for number in range(1, count + 1)]
    if not units:
        raise BadExperiment(f"Rival `{rival.name}` has no unit left")
    return replace(city, units=tuple(units))


def rival_send(rules: SendRules, rival: Rival) -> SendRules:
    return replace(rules, turnout_s={**rules.turnout_s, **rival.turnout_s})


def _added(station: str, number: int, city: City) -> UnitFacts:
    """A van as most of the city's are. Its callsign comes after all others, so of equals it is asked last."""
    vans = [unit for unit in city.units if unit.kind == UnitKind.VAN]
    if not vans:
        raise BadExperiment(f"{city.id} has no van that another one could be like")
    crews = [unit.capabilities for unit in vans]
    usual = max(sorted(set(crews)), key=crews.count)
    return UnitFacts(f"~{station}-{number}", UnitKind.VAN, usual, station, assumed=True)
