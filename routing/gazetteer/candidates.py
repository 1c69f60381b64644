"""Places that may be meant, one list for each way to read what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.places import PlaceKind, Words
from routing.gazetteer import houses, reasons
from routing.gazetteer.areas import Area
from routing.gazetteer.asked import AreaSaid, Reading
from routing.gazetteer.crossings import crossings_of
from routing.gazetteer.fold import place_key, street_key
from routing.gazetteer.index import Index
from routing.gazetteer.name_book import NameBook
from routing.gazetteer.spots import Spot

Float64s = NDArray[np.float64]

MOST_ENTRIES: Final = 40
"""So many streets or things of one reading are looked at; `đường số 1` is in every quarter."""
BARELY_M: Final = 120.0
"""Less than that of a street in another district is its end, not a street there."""
WRONG_AREA: Final = 0.75
UNKNOWN_AREA: Final = 0.97
NUMBER_OF_THING: Final = 0.7
STOP_SHARE, THING_SHARE = 0.9, 0.95
"""A thing is meant less often by a street's name than the street, and the bus stop beside it least."""
AREA_SHARE: Final = 0.97
OF_MAP_SHARE: Final = 0.99
"""What the city's own files name goes before the same in the map."""
STREETS_ALIKE: Final = 0.8
CORNER_ALIKE: Final = 0.85
"""A corner of a street that is less like what was said is asked about: Lê Lợi is not Lê Lai."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """match    : 0 to 1, how well names and areas fit
    entry    : -1 for areas and crossings
    must_ask : it is not what was said, only the nearest to it that the map knows
    """

    entry: int
    name: str
    kind: PlaceKind
    match: float
    spot: Spot
    reading: Reading
    reasons: tuple[Words, ...] = ()
    street: str = ""
    must_ask: bool = False

    @property
    def worth(self) -> float:
        return self.match * (0.7 + 0.3 * self.spot.quality)


@dataclass(frozen=True, slots=True)
class _Said:
    """An area that was said, and which ones it may be."""

    said: AreaSaid
    areas: tuple[Area, ...]


def candidates(index: Index, reading: Reading) -> Iterator[Candidate]:
    """All that one reading may mean."""
    said = [_Said(area, tuple(index.areas.meant(area))) for area in reading.areas]
    if reading.crossing:
        found = list(_crossing(index, reading))
    elif reading.name:
        found = [*_streets(index, reading, said), *_things(index, reading)]
    elif reading.path:
        return
    else:
        yield from _areas(index, reading, said)
        return
    for each in found:
        yield _judged(each, said)


def _judged(found: Candidate, said: Sequence[_Said]) -> Candidate:
    """Less likely for each area it does not lie in as was said."""
    match, why = found.match, list(found.reasons)
    for each in said:
        if not each.areas:
            match *= UNKNOWN_AREA
            why.append(reasons.unknown_area(each.said.key))
        elif share := max(area.share(found.spot.xy) for area in each.areas):
            match *= share
        else:
            match *= WRONG_AREA
            why.append(reasons.elsewhere(each.areas[0].name))
    return replace(found, match=match, reasons=tuple(why))


def _named(book: NameBook, key: str, least: float | None = None) -> list[tuple[int, float, str]]:
    """Entries by name: of exactly that name, and of those like it, each with its best share."""
    if not key:
        return []
    found: dict[int, tuple[float, str]] = {}
    exact = book.called(key)
    names = [(key, 1.0)] if exact else []
    if not exact or not any(share == 1.0 for _, share in exact):
        names += book.alike(key) if least is None else book.alike(key, least)
    for name, alike in names:
        for entry, share in book.called(name):
            if alike * share > found.get(entry, (0.0, ""))[0]:
                found[entry] = alike * share, name
    ranked = sorted(found, key=lambda entry: (-found[entry][0], entry))
    return [(entry, *found[entry]) for entry in ranked]


def _streets(index: Index, reading: Reading, said: Sequence[_Said]) -> Iterator[Candidate]:
    if reading.word == "thing":
        return
    key = street_key(reading.name)
    named = _named(index.streets, key)
    named.sort(key=lambda each: (-each[1], not _reaches(index, each[0], said), each[0]))
    for entry, alike, name in named[:MOST_ENTRIES]:
        kind = index.kind(entry)
        if kind not in ("street", "alley", "bridge") or (kind == "alley" and reading.path):
            continue  # the alleys of a street are looked for from the street
        match = alike * reading.share
        why = (reasons.spelt(reading.name, index.name(entry)),) if name != key else ()
        for spot in _spots(index, entry, reading, said):
            if kind == "bridge" and reading.path:
                spot = replace(spot, quality=0.3, plausible=False)  # nobody lives on one
            shown = spot.kind if spot.kind != "street" else kind
            yield Candidate(
                entry,
                index.name(entry),
                shown,
                match,
                spot,
                reading,
                (*why, *spot.reasons),
                index.name(entry),
            )


def _reaches(index: Index, entry: int, said: Sequence[_Said]) -> bool:
    return all(
        not each.areas or any(bool(a.hold(index.dense(entry)).any()) for a in each.areas) for each in said
    )


def _spots(index: Index, entry: int, reading: Reading, said: Sequence[_Said]) -> Iterator[Spot]:
    """The places on one street: in the part that was said, else in each district it runs through."""
    for held in _parts(index, entry, said):
        if reading.path and index.kind(entry) == "street":
            yield from houses.on_street(index, entry, reading.path, held, reading.in_alley)
            continue
        spot = houses.along(index, entry, held)
        if spot is not None:
            yield replace(spot, kind=index.kind(entry))


def _parts(index: Index, entry: int, said: Sequence[_Said]) -> list[NDArray[np.bool_] | None]:
    """bool[dense points] for each part of a street to look at; None: all of it."""
    dense = index.dense(entry)
    held = np.ones(len(dense), bool)
    for each in said:
        if each.areas:
            inside = np.any([area.hold(dense) for area in each.areas], axis=0)
            if (held & inside).any():
                held &= inside
    if not held.all():
        return [held]
    district = index.districts(entry)
    numbers, counts = np.unique(district, return_counts=True)
    step_m = 20.0
    large = [number for number, count in zip(numbers, counts, strict=True) if count * step_m >= BARELY_M]
    if len(large) < 2:
        return [None]
    return [district == number for number in large]


def _things(index: Index, reading: Reading) -> Iterator[Candidate]:
    if reading.word == "street":
        return
    key = place_key(reading.name)
    share = reading.share * (NUMBER_OF_THING if reading.path else 1.0)
    if reading.word != "thing":
        share *= THING_SHARE
    for entry, alike, name in _named(index.things, key)[:MOST_ENTRIES]:
        kind = index.kind(entry)
        radius = {"hospital": 80.0, "crossing": 120.0, "bridge": 150.0}.get(kind, 50.0)
        match = alike * share * (STOP_SHARE if index.is_stop(entry) else 1.0)
        if index.of_map > entry:
            match *= OF_MAP_SHARE
        why = (reasons.spelt(reading.name, index.name(entry)),) if name != key else ()
        spot = Spot(index.xy(entry), radius, 1.0, kind)
        yield Candidate(entry, index.name(entry), kind, match, spot, reading, why)


def _crossing(index: Index, reading: Reading) -> Iterator[Candidate]:
    one, other = (_named(index.streets, key, STREETS_ALIKE)[:12] for key in reading.crossing[:2])
    alike = {entry: (share, name) for entry, share, name in (*one, *other)}
    ones = [entry for entry, _, _ in one if index.kind(entry) != "alley"]
    others = [entry for entry, _, _ in other if index.kind(entry) != "alley"]
    for a, b, spot in crossings_of(index, ones, others):
        name = f"{index.name(a)} × {index.name(b)}"
        (share_a, key_a), (share_b, key_b) = alike[a], alike[b]
        match = share_a * share_b * reading.share
        why = tuple(
            reasons.spelt(said, index.name(entry))
            for said, key, entry in zip(reading.crossing, (key_a, key_b), (a, b), strict=False)
            if said != key
        )
        doubted = min(share_a, share_b) < CORNER_ALIKE
        told = (*why, *spot.reasons)
        yield Candidate(-1, name, "crossing", match, spot, reading, told, name, must_ask=doubted)


def _areas(index: Index, reading: Reading, said: Sequence[_Said]) -> Iterator[Candidate]:
    """Wards and districts themselves; of `phường 7, quận 5` the ward."""
    if not said:
        return
    smallest = min(said, key=lambda each: min((area.radius_m for area in each.areas), default=1e9))
    for area in smallest.areas[:MOST_ENTRIES]:
        spot = Spot(area.xy, area.radius_m, 0.8, "area", {}, (reasons.wide_area(2 * area.radius_m),))
        found = Candidate(-1, area.name, "area", AREA_SHARE * reading.share, spot, reading, spot.reasons)
        yield _judged(found, [each for each in said if each is not smallest])
