"""The city as a rival would have it."""

from dataclasses import replace

from dispatch.policies.send_rules import SendRules
from domain.city import BedFacts, City, HospitalFacts, UnitFacts
from domain.values import BedKind, UnitKind
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
    return replace(city, units=tuple(units), hospitals=_hospitals(city, rival))


def _hospitals(city: City, rival: Rival) -> tuple[HospitalFacts, ...]:
    """In the same order, since the ground has them so. One that is closed has nothing that anybody needs."""
    known = {each.id for each in city.hospitals}
    if strange := sorted({*rival.closed, *rival.staffed} - known):
        raise BadExperiment(f"Rival `{rival.name}`: {city.id} has no hospital `{strange[0]}`")
    if known <= set(rival.closed):
        raise BadExperiment(f"Rival `{rival.name}` has no hospital left")
    found = []
    for each in city.hospitals:
        if each.id in rival.closed:
            found.append(replace(each, specialities=(), beds={}))
            continue
        beds = dict(each.beds)
        for kind, count in rival.staffed.get(each.id, {}).items():
            if kind not in set(BedKind):
                kinds = ", ".join(BedKind)
                raise BadExperiment(
                    f"Rival `{rival.name}`: there is no kind of bed `{kind}`; there are: {kinds}"
                )
            beds[BedKind(kind)] = BedFacts(count, assumed=True)
        found.append(replace(each, beds=beds))
    return tuple(found)


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
