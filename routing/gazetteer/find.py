"""The gazetteer: from words to places, and from places to words."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from domain.places import LONGEST_QUERY, FoundPlace, PlaceKind, PlaceTooLong, Words
from domain.values import Position
from routing.gazetteer import codes, missed, reasons
from routing.gazetteer.apart import told_apart
from routing.gazetteer.asked import Reading
from routing.gazetteer.candidates import Candidate, candidates
from routing.gazetteer.city_names import CityNames
from routing.gazetteer.fold import fold, street_key
from routing.gazetteer.index import Index
from routing.gazetteer.parse import fallbacks, readings
from routing.gazetteer.reverse import Reverse
from routing.gazetteer.spoken import GENERIC
from routing.gazetteer.spots import Spot
from routing.gazetteer.tables import Tables

Float64s = NDArray[np.float64]

RIVAL: Final = 0.95
"""A place that fits almost as well as the first may be the one that is meant."""
APART_M: Final = 150.0
LONG_M: Final = 250.0
"""Further off than that no crew finds it: the caller must be asked where along the street."""
SURE_ENOUGH: Final = 0.5
LEAST_MATCH: Final = 0.5
NEARER: Final = 0.12
NEARER_CENTRE: Final = 0.04
ONE_STREET_M: Final = 400.0
"""Ways of one name with such a gap are drawn as two streets and may well be one."""
NOT_AS_SAID: Final = 0.5
"""Worth of a place that is told because the map does not have what was said."""
FAR_M: Final = 8_000.0
BESIDE_M: Final = 100.0
BESIDE_WITHIN_M: Final = 1_500.0


class OfflineGazetteer:
    """Names of one map and one city. Answers come from memory; many threads may ask at once."""

    def __init__(self, tables: Tables, names: CityNames, scanning: bool = False) -> None:
        self.index = Index(tables, names, scanning)
        self._reverse = Reverse(self.index)

    def find(self, said: str, near: Position | None = None, limit: int = 8) -> list[FoundPlace]:
        """As `domain.ports.Gazetteer`. Raises PlaceTooLong."""
        said = said.strip()
        if len(said) > LONGEST_QUERY:
            raise PlaceTooLong(longest=LONGEST_QUERY, letters=len(said))
        typed = codes.coordinates(said)
        if typed is not None:
            return [self._typed(typed)]
        code = codes.plus_code(said)
        if code is not None:
            return self._of_code(code, near)
        found = self._candidates(said)
        around = self.index.frame.of(near) if near is not None else None
        return self._answers(self._ranked(found, around), around, limit)

    def reverse(self, position: Position) -> FoundPlace | None:
        """As `domain.ports.Gazetteer`."""
        return self._reverse.of(position)

    def areas_at(self, position: Position) -> dict[str, str]:
        """As `domain.ports.Gazetteer`."""
        return self.index.areas.around(self.index.frame.of(position))

    def area_names(self) -> dict[str, list[str]]:
        """As `domain.ports.Gazetteer`."""
        return self.index.areas.names()

    def _candidates(self, said: str) -> list[Candidate]:
        every = readings(said, self.index.areas)
        found = self._of(every)
        if (streets := missed.instead(self.index, every, found)) is not None:
            return streets
        if not found:
            found = self._of([less for reading in every[:3] for less in fallbacks(reading)])
        return found

    def _of(self, every: Sequence[Reading]) -> list[Candidate]:
        found: list[Candidate] = []
        for reading in every:
            if reading.near:
                main = replace(reading, near="")
                says_more = bool(main.name or main.crossing or main.path or main.areas)
                found += self._beside(reading.near, list(candidates(self.index, main)) if says_more else [])
            else:
                found += candidates(self.index, reading)
        return [each for each in found if each.match >= LEAST_MATCH]

    def _beside(self, words: str, mains: Sequence[Candidate]) -> list[Candidate]:
        """Places near something: of the places before the word those near it, else the thing itself."""
        anchors = [] if fold(words) in GENERIC else self._ranked(self._candidates(words), None)
        if not anchors:
            return list(mains)
        best = [each for each in anchors if each.worth >= RIVAL * anchors[0].worth][:12]
        if not mains:
            return [self._moved(each, each) for each in best]
        found = []
        for main in mains:
            gap, anchor = min(((self._gap(main, each), place) for place, each in enumerate(best)))
            if gap <= BESIDE_WITHIN_M:
                exact = main.spot.radius_m <= BESIDE_M
                found.append(main if exact else self._moved(main, best[anchor]))
            else:
                found.append(replace(main, match=0.85 * main.match))
        return found

    def _gap(self, main: Candidate, anchor: Candidate) -> float:
        """Metres from the anchor to the main place, or to the nearest point of the street it is on."""
        if main.kind in ("street", "alley") and main.entry >= 0:
            return float(np.hypot(*(self.index.dense(main.entry) - anchor.spot.xy).T).min())
        return float(np.hypot(*(main.spot.xy - anchor.spot.xy)))

    def _moved(self, main: Candidate, anchor: Candidate) -> Candidate:
        """The point of a street that is nearest to the anchor, or the anchor itself."""
        xy, radius = anchor.spot.xy, anchor.spot.radius_m + BESIDE_M
        if main is not anchor and main.kind in ("street", "alley") and main.entry >= 0:
            line = self.index.dense(main.entry)
            xy = line[int(np.hypot(*(line - xy).T).argmin())]
            radius = BESIDE_M + min(anchor.spot.radius_m, LONG_M / 2)
        elif main is not anchor:
            xy = main.spot.xy
        spot = Spot(
            xy, radius, 0.85 * anchor.spot.quality, main.spot.kind, {**main.spot.parts, "near": anchor.name}
        )
        why: tuple[Words, ...] = tuple(each for each in main.reasons if each not in main.spot.reasons)
        asked = [] if main is anchor else [each for each in anchor.reasons if anchor.must_ask]
        must_ask = main.must_ask or anchor.must_ask
        why = (*asked, *why, reasons.beside(anchor.name))
        return replace(main, spot=spot, reasons=why, must_ask=must_ask)

    def _ranked(self, found: Sequence[Candidate], near: Float64s | None) -> list[Candidate]:
        """The best first; of places that are one, the best alone."""
        weight = NEARER if near is not None else NEARER_CENTRE
        here = near if near is not None else self.index.centre

        def order(each: Candidate) -> tuple[float, str]:
            far = min(1.0, float(np.hypot(*(each.spot.xy - here))) / FAR_M)
            return -each.worth * (1 - weight * far), each.name

        kept: list[Candidate] = []
        for each in sorted(found, key=order):
            if not any(_same(each, other) for other in kept):
                kept.append(each)
        return kept

    def _answers(self, ranked: Sequence[Candidate], near: Float64s | None, limit: int) -> list[FoundPlace]:
        """As they are told. Of several that may be meant, the nearest to where one looks comes first."""
        if not ranked:
            return []
        top = max(each.match for each in ranked if each.spot.plausible or each is ranked[0])
        rivals = [each for each in ranked if each.match >= RIVAL * top and each.spot.plausible]
        rivals = [each for each in rivals if not any(self._part_of(each, other) for other in rivals)]
        several = len(rivals) > 1 and any(_apart(each, rivals[0]) for each in rivals[1:])
        if several and near is not None:
            known = [each for each in rivals if each.spot.quality >= SURE_ENOUGH]
            known.sort(key=lambda each: float(np.hypot(*(each.spot.xy - near))))
            ranked = [*known, *(each for each in ranked if not any(each is other for other in known))]
        answers = []
        for each in ranked[:limit]:
            rival = several and any(each is other for other in rivals)
            answers.append(self._told(each, len(rivals) if rival else 1))
        spots = [each.spot.xy for each in ranked[:limit]]
        return told_apart(answers, spots, self.index.centre, self._reverse.known_near)

    def _part_of(self, each: Candidate, other: Candidate) -> bool:
        """Whether one place is on a part of the very street on which another is better known."""
        if each is other or min(each.entry, other.entry) < 0 or each.spot.quality >= other.spot.quality:
            return False
        key = _key(each.name)
        if key != _key(other.name) or key.startswith("so "):
            return False
        one, two = self.index.dense(each.entry), self.index.dense(other.entry)
        if not len(one) or not len(two) or each.entry == other.entry:
            return False
        return float(cKDTree(one[::2]).query(two[::2])[0].min()) <= ONE_STREET_M

    def _told(self, each: Candidate, count: int) -> FoundPlace:
        parts = self._parts(each)
        long = each.spot.radius_m > LONG_M
        why = list(each.reasons)
        if count > 1 and not each.must_ask:
            why.append(reasons.several(count))
        if long and each.kind in ("street", "alley"):
            why.append(reasons.long_street(2 * each.spot.radius_m))
        confidence = each.match**1.5 * each.spot.quality
        if count > 1:
            confidence /= 1 + 0.5 * min(count - 1, 3)
        if each.must_ask:
            confidence *= NOT_AS_SAID
        return FoundPlace(
            label=_label(each, parts),
            kind=each.kind,
            position=self.index.position(each.spot.xy),
            confidence=round(min(1.0, confidence), 3),
            ambiguous=each.must_ask or count > 1 or long or each.spot.quality < SURE_ENOUGH,
            radius_m=round(each.spot.radius_m, 1),
            parts=parts,
            reasons=tuple(why),
        )

    def _parts(self, each: Candidate) -> dict[str, str]:
        parts = dict(each.spot.parts)
        if each.kind in ("house", "alley", "street") and each.street:
            mother = self.index.mother(each.entry)
            if each.kind == "alley" and mother >= 0:
                parts.setdefault("alley", "/".join(self.index.alley_path(each.entry)).upper())
            parts["street"] = self.index.name(mother) if mother >= 0 else each.street
        else:
            parts["name"] = each.name
        if each.reading.unit:
            parts["unit"] = each.reading.unit
        if each.kind != "area":
            parts |= self.index.areas.at(each.spot.xy)
        return parts

    def _typed(self, position: Position) -> FoundPlace:
        return self._named_by_reverse(position, "position", 15.0, ())

    def _of_code(self, code: codes.PlusCode, near: Position | None) -> list[FoundPlace]:
        """Of a short code the nearest to the place said beside it, else to where the map is looked at."""
        around = near or self.index.position(self.index.centre)
        why: tuple[Words, ...] = ()
        if len(code.code.partition("+")[0]) < 8:
            locality = self.find(code.beside, near, 1) if code.beside else []
            if locality:
                around = locality[0].position
                why = (reasons.short_code(locality[0].label),)
            else:
                why = (reasons.short_code("the middle of the map"),)
        position, radius = codes.decoded(code.code, around)
        return [self._named_by_reverse(position, "code", radius, why)]

    def _named_by_reverse(
        self, position: Position, kind: PlaceKind, radius_m: float, why: tuple[Words, ...]
    ) -> FoundPlace:
        at = self.reverse(position)
        label = at.label if at is not None else f"{position.lat:.5f}, {position.lon:.5f}"
        parts = at.parts if at is not None else {}
        return FoundPlace(
            label, kind, position, 1.0 if at is not None else 0.5, False, round(radius_m, 1), parts, why
        )


@lru_cache(2048)
def _key(name: str) -> str:
    return street_key(fold(name))


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are one place: the same thing, or the same name at the same spot."""
    gap = float(np.hypot(*(one.spot.xy - other.spot.xy)))
    if one.entry >= 0 and one.entry == other.entry and one.kind == other.kind:
        return gap < APART_M
    if gap < 60.0 and one.kind == other.kind:
        return True
    things = ("hospital", "place", "station", "bridge", "crossing")
    return gap < APART_M and one.kind in things and other.kind in things and one.match <= other.match


def _apart(one: Candidate, other: Candidate) -> bool:
    return float(np.hypot(*(one.spot.xy - other.spot.xy))) > APART_M


def _label(each: Candidate, parts: dict[str, str]) -> str:
    """`123/45 Nguyễn Trãi, Phường Bến Thành, Quận 1`."""
    if each.kind == "house":
        head = f"{parts.get('house', '')} {parts['street']}".strip()
    elif each.kind == "alley" and "alley" in parts:
        head = f"Hẻm {parts['alley']} {parts['street']}"
    else:
        head = each.name
    behind = [parts[name] for name in ("ward", "old_ward", "district") if name in parts]
    if "near" in parts and each.name != parts["near"]:
        head = f"{head} (gần {parts['near']})"
    return ", ".join(dict.fromkeys([head, *behind]))
