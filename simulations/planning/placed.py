"""A city with more stations and its vehicles elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from domain.city import City, Ownership, StationFacts, UnitFacts
from domain.ports import Roads
from domain.values import UnitKind
from routing.arrays import Int64s
from simulations.planning.layout import Site


def on_map(city: City, roads: Roads) -> City:
    """Without stations, their units and hospitals that the map does not hold."""
    stations = tuple(each for each in city.stations if roads.covers(each.position))
    known = {each.id for each in stations}
    return replace(
        city,
        stations=stations,
        hospitals=tuple(each for each in city.hospitals if roads.covers(each.position)),
        units=tuple(each for each in city.units if each.station in known),
    )


def with_stations(city: City, opened: Sequence[Site], vans_each: int) -> City:
    """With the new sites after the city's own stations, and so many vans more at each, as most of its vans
    are. Raises ValueError where the city has no van to be like."""
    vans = [unit.capabilities for unit in city.units if unit.kind == UnitKind.VAN]
    if not vans:
        raise ValueError(f"{city.id} has no van that another one could be like.")
    usual = max(sorted(set(vans), key=sorted), key=vans.count)
    stations = tuple(
        StationFacts(site.id, site.name, site.position, None, Ownership.CENTRE, "planned", True)
        for site in opened
    )
    # They come after all other callsigns, so of equals they are asked last.
    added = tuple(
        UnitFacts(f"~{site.id}-{number}", UnitKind.VAN, usual, site.id, assumed=True)
        for site in opened
        for number in range(1, vans_each + 1)
    )
    return replace(city, stations=city.stations + stations, units=city.units + added)


def moved_vans(city: City, vehicles: Int64s) -> City:
    """So many vans at each of its stations: whoever can stays, the others go where one is missing, both in
    the order of stations and callsigns."""
    missing = {station.id: int(count) for station, count in zip(city.stations, vehicles, strict=True)}
    vans = sorted((unit for unit in city.units if unit.kind == UnitKind.VAN), key=lambda unit: unit.callsign)
    goes: list[UnitFacts] = []
    to: dict[str, str] = {}
    for van in vans:
        if missing[van.station] > 0:
            missing[van.station] -= 1
            to[van.callsign] = van.station
        else:
            goes.append(van)
    wanted = [station for station, count in missing.items() for _ in range(count)]
    to |= {van.callsign: station for van, station in zip(goes, wanted, strict=True)}
    units = tuple(replace(unit, station=to.get(unit.callsign, unit.station)) for unit in city.units)
    return replace(city, units=units)
