"""What must hold between the files of a city: every fault a sentence, none an exception."""

import re
from collections.abc import Iterator, Sequence

from domain.city import City, UnitFacts
from domain.values import UnitKind

_STATUSES = ("AV", "DP", "EN", "SC", "TR", "HP", "NS", "ED", "ICU", "RS")
_VERBS = ("N", "D", "X", "P", "C", "T", "H", "NT", "M", "L", "G", "K", "U")
RESERVED = frozenset([*_STATUSES, *_VERBS])
"""Words of the command line; no hospital may be called so."""


def check_together(city: City) -> Iterator[str]:
    """Yield a sentence for each name used twice, each name used in vain and each thing off the map."""
    yield from _twice("hospitals.toml", "id", [each.id for each in city.hospitals])
    yield from _twice("hospitals.toml", "code", [each.code for each in city.hospitals])
    yield from _twice("hospitals.toml", "name", [each.name for each in city.hospitals])
    yield from _twice("stations.toml", "id", [each.id for each in city.stations])
    yield from _twice("fleet.toml", "callsign", [each.callsign for each in city.units])
    for hospital in city.hospitals:
        if hospital.code in RESERVED or re.fullmatch(r"[CTM][0-9]+", hospital.code):
            yield (
                f"hospitals.toml, hospital {hospital.id}, field 'code': "
                f"'{hospital.code}' already means something on the command line."
            )
    for station in city.stations:
        if station.hospital is not None and city.hospital(station.hospital) is None:
            yield (
                f"stations.toml, station {station.id}, field 'hospital': "
                f"there is no hospital '{station.hospital}' in hospitals.toml."
            )
        if not city.map.bounds.holds(station.position):
            yield f"stations.toml, station {station.id}, field 'lat': lies outside the bounds in city.toml."
    yield from _twice("posts.toml", "id", [each.id for each in city.posts])
    for post in city.posts:
        if city.station(post.id) is not None:
            yield f"posts.toml, post {post.id}, field 'id': a station in stations.toml is called so."
        if not city.map.bounds.holds(post.position):
            yield f"posts.toml, post {post.id}, field 'lat': lies outside the bounds in city.toml."
    yield from _twice("points.csv", "id", [each.id for each in city.points])
    for point in city.points:
        if not city.map.bounds.holds(point.position):
            yield f"points.csv, point {point.id}, field 'lat': lies outside the bounds in city.toml."
    for unit in city.units:
        if city.station(unit.station) is None:
            yield (
                f"fleet.toml, unit {unit.callsign}, field 'station': "
                f"there is no station '{unit.station}' in stations.toml."
            )
        yield from _kind_and_callsign(unit)
    if not city.map.bounds.holds(city.centre):
        yield "city.toml, table 'centre', field 'lat': lies outside the bounds of the map."


def _kind_and_callsign(unit: UnitFacts) -> Iterator[str]:
    """C is an ALS van, T a BLS van, M a motorbike, which carries nobody."""
    where = f"fleet.toml, unit {unit.callsign}, field"
    if (unit.callsign[:1] == "M") != (unit.kind is UnitKind.MOTORBIKE):
        yield f"{where} 'kind': M is for motorbikes and for them alone; this is a {unit.kind}."
    if unit.callsign[:1] == "C" and "ALS" not in unit.capabilities:
        yield f"{where} 'capabilities': callsigns C promise ALS."
    if not {"ALS", "BLS"} & set(unit.capabilities):
        yield f"{where} 'capabilities': every crew has ALS or BLS."
    if unit.kind is UnitKind.MOTORBIKE and "transport" in unit.capabilities:
        yield f"{where} 'capabilities': a motorbike cannot transport a patient."
    if unit.kind is UnitKind.MOTORBIKE and "motorbike" not in unit.capabilities:
        yield f"{where} 'capabilities': a motorbike must say 'motorbike', so that alleys can ask for one."


def _twice(file: str, field: str, values: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield f"{file}: the {field} '{value}' is used twice."
        seen.add(value)
