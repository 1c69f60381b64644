"""Take an address apart as people in the city say it: number, alley, street, ward, district, and what is
near.

One text may be read in several ways: `12 lê lợi gò vấp` may end in a district or in a street's name. All ways
that make sense are handed on; the map decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Protocol

from routing.gazetteer.asked import AreaSaid, Reading
from routing.gazetteer.fold import fold, street_key
from routing.gazetteer.numbers import NUMBER
from routing.gazetteer.spoken import (
    BESIDE,
    BESIDE_AT_FRONT,
    CITY,
    CITY_ALONE,
    CORNER_WORDS,
    CROSSED,
    DASH,
    DAYS,
    DISTRICT_WORDS,
    GLUED,
    RANGE,
    SAID_WHOLE,
    SURELY_CROSSED,
    THINGS,
    UNIT,
    WARD_WORDS,
    WITH_MARKS,
)
from routing.gazetteer.spoken_numbers import numbered

MOST_READINGS: Final = 10
MOST_LEFT_OUT: Final = 5
LEFT_OUT_SHARE: Final = 0.93


class KnownAreas(Protocol):
    """Which words are the name of a ward or district."""

    def __contains__(self, key: str) -> bool: ...


def readings(said: str, areas: KnownAreas) -> list[Reading]:
    """The ways to understand what was said, the surest first; [] where there are no words in it."""
    text = " ".join(said.split())
    main, relation, near = _beside(text)
    found: list[Reading] = []
    if near and fold(near):
        found += [
            replace(each, near=near, relation=relation) for each in _plain(main, areas) if fold(main)
        ] or [Reading(near=near, relation=relation)]
    if not near:
        found += _plain(text, areas)
    unique = dict.fromkeys(sorted(found, key=lambda each: -each.share))
    return list(unique)[:MOST_READINGS]


def fallbacks(reading: Reading) -> Iterator[Reading]:
    """Shorter and shorter readings of a name that nothing answers to: callers add words the map has not, and
    the word for a street may be misspelt."""
    words = reading.name.split()
    for less in range(1, min(MOST_LEFT_OUT, len(words) - 1) + 1):
        share = reading.share * LEFT_OUT_SHARE**less
        yield replace(reading, name=" ".join(words[:-less]), share=share)
        if less <= 2:
            yield replace(reading, name=" ".join(words[less:]), share=share)


def _plain(text: str, areas: KnownAreas) -> Iterator[Reading]:
    """Readings of words without something they are near to."""
    if not fold(text):
        return
    text = RANGE.sub(_one_number, text)
    text = text.replace("×", " x ")
    crossed, named = text.replace("&", " va "), text.replace("&", " ")  # a corner, or a shop: `Shop & Go`
    for joined in dict.fromkeys((DASH.sub(" va ", crossed), DASH.sub(" ", crossed), DASH.sub(" ", named))):
        parts = [part for part in map(fold, re.split(r"[,;|]", joined)) if part]
        shorter = _without_city(parts)
        if shorter:
            yield from _of_parts(shorter, areas)
        if shorter != parts:
            for each in _of_parts(parts, areas):
                yield replace(each, share=each.share * 0.98)


def _of_parts(parts: list[str], areas: KnownAreas) -> Iterator[Reading]:
    parts, unit = _without_unit(parts)
    whole = " ".join(parts)
    parts, sure = _areas_with_words(parts, areas)
    if not parts:
        if sure:
            yield Reading(areas=sure, unit=unit)
        if sure and not any(each.key in areas or each.bare in areas or each.bare.isdigit() for each in sure):
            yield Reading(name=whole, unit=unit, share=0.97)  # no ward at all: the street `Phượng Vĩ`
        return
    for words, guessed, share in _areas_without_words(parts, areas):
        for each in _of_words(words):
            yield replace(each, areas=(*sure, *guessed), unit=unit, share=round(each.share * share, 4))
    if sure and not NUMBER.match(whole.split()[0]):
        yield Reading(name=whole, word="thing", unit=unit, share=0.97)  # `ubnd quan 5`, `cho phuong 18`
    if not sure and whole in areas:
        yield Reading(areas=(AreaSaid("any", whole, whole),), unit=unit, share=0.97)


def _beside(text: str) -> tuple[str, str, str]:
    """What stands before a word such as `gần`, that word, and what stands behind it."""
    words = text.split(" ")
    folded = [fold(word) for word in words]
    for place in range(len(words)):
        starts = place == 0 or words[place - 1].endswith((",", ";"))
        for phrase in (*BESIDE, *(BESIDE_AT_FRONT if starts else ())):
            parts = phrase.split()
            if folded[place : place + len(parts)] != parts or len(words) == place + len(parts):
                continue
            if not _really(words[place], parts[0]):
                continue
            behind = words[place + len(parts) :]
            if len(behind) > 1 and behind[0].lower() == "chỗ":
                behind = behind[1:]  # "near where ..."
            return " ".join(words[:place]).strip(" ,;"), phrase, " ".join(behind)
    return text, "", ""


def _really(written: str, meant: str) -> bool:
    """Whether a word may mean that: `cạnh` and `canh` are beside, `cảnh` is part of a name."""
    small = written.lower().strip(",;.")
    return small == meant or small in WITH_MARKS.get(meant, (small,))


def _one_number(pair: re.Match[str]) -> str:
    """Of `12-14` the first; `30-4` is a day, and so a street."""
    return f"{pair[1]}/{pair[2]}" if (pair[1], pair[2]) in DAYS else pair[1]


def _without_city(parts: list[str]) -> list[str]:
    """Everybody is in the city: its name at the end says nothing, unless it is all that was said."""
    kept = list(parts)
    while len(kept) > 1 and (kept[-1] in CITY_ALONE or CITY.fullmatch(kept[-1])):
        kept.pop()
    if kept:
        shorter = CITY.sub("", kept[-1]).strip()
        kept = [*kept[:-1], shorter] if shorter else kept[:-1]
    return kept


def _without_unit(parts: list[str]) -> tuple[list[str], str]:
    """Floors, rooms and blocks travel with the address; the map knows none of them."""
    units: list[str] = []
    kept = []
    for part in parts:
        units += UNIT.findall(part)
        rest = " ".join(UNIT.sub(" ", part).split())
        if rest:
            kept.append(rest)
    return (kept, " ".join(units)) if kept else (parts, "")


def _areas_with_words(parts: list[str], areas: KnownAreas) -> tuple[list[str], tuple[AreaSaid, ...]]:
    """Take out what is said with its word: `phuong 7`, `q1`, `huyen binh chanh`."""
    kept: list[str] = []
    found: list[AreaSaid] = []
    for part in parts:
        words = part.split()
        rest: list[str] = []
        place = 0
        while place < len(words):
            area, used = _area_at(words, place, areas, whole=place == 0)
            if area is None:
                rest.append(words[place])
                place += 1
            else:
                found.append(area)
                place += used
        if rest:
            kept.append(" ".join(rest))
    return kept, tuple(found)


def _area_at(words: Sequence[str], place: int, areas: KnownAreas, whole: bool) -> tuple[AreaSaid | None, int]:
    glued = GLUED.match(words[place])
    if glued:
        level, word = ("district", "quan") if glued[1] == "q" else ("ward", "phuong")
        number = str(int(glued[2]))
        return AreaSaid(level, f"{word} {number}", number), 1  # type: ignore[arg-type]
    for level, table in (("ward", WARD_WORDS), ("district", DISTRICT_WORDS)):
        for lead, word in table.items():
            if tuple(words[place : place + len(lead)]) != lead:
                continue
            behind = words[place + len(lead) :]
            if behind and re.fullmatch(r"\d{1,2}", behind[0]) and word in ("phuong", "quan"):
                number = str(int(behind[0]))
                return AreaSaid(level, f"{word} {number}", number), len(lead) + 1  # type: ignore[arg-type]
            if behind and behind[0] == lead[-1]:
                continue  # `nguyen tri phuong phuong dien hong`: the second one begins the ward
            for count in range(min(4, len(behind)), 0, -1):
                bare = " ".join(behind[:count])
                if f"{word} {bare}" in areas or bare in areas:
                    return AreaSaid(level, f"{word} {bare}", bare), len(lead) + count  # type: ignore[arg-type]
            if whole and lead[0] in SAID_WHOLE and 0 < len(behind) <= 4:
                bare = " ".join(behind)
                return AreaSaid(level, f"{word} {bare}", bare), len(words) - place  # type: ignore[arg-type]
    return None, 0


def _areas_without_words(
    parts: list[str], areas: KnownAreas
) -> Iterator[tuple[str, tuple[AreaSaid, ...], float]]:
    """What is left, with and without the areas that may stand at its end: `..., Bình Thạnh`."""
    behind: list[AreaSaid] = []
    head = list(parts)
    while len(head) > 1 and head[-1] in areas:
        behind.append(AreaSaid("any", head[-1], head[-1]))
        head.pop()
    words = " ".join(head).split()
    yield " ".join(words), tuple(behind), 1.0
    for count in range(min(4, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        if tail in areas and not tail.isdigit() and not all(NUMBER.match(word) for word in words[:-count]):
            yield " ".join(words[:-count]), (*behind, AreaSaid("any", tail, tail)), 0.985


def _of_words(words: str) -> Iterator[Reading]:
    """Readings of number, alley and name."""
    corner = next((each for each in CORNER_WORDS if words.startswith(each + " ")), "")
    rest = words.removeprefix(corner).strip()
    if corner or SURELY_CROSSED.search(f" {words} "):
        for pair in _pairs(rest, bool(corner)):
            yield Reading(crossing=pair, word="crossing")
        if corner:
            yield Reading(name=words, word="thing", share=0.99)
            return
    elif CROSSED.search(f" {words} "):
        for pair in _pairs(words, False):
            yield Reading(crossing=pair, word="crossing", share=0.97)
    with_number = list(numbered(words))
    yield from with_number
    thing = any(words.startswith(each + " ") for each in THINGS)
    if not any(each.path for each in with_number) or thing:
        yield Reading(name=words, word="thing" if thing else "")
    elif not words.replace("/", "").replace(" ", "").isdigit():
        yield Reading(name=words, share=0.9)


def _pairs(words: str, anywhere: bool) -> Iterator[tuple[str, ...]]:
    """The streets of a crossing; without a word between them, every way to cut them in two."""
    parts = [part.strip() for part in CROSSED.split(f" {words} ") if part.strip()]
    if len(parts) >= 2:
        yield tuple(street_key(part) for part in parts[:3])
    elif anywhere:
        split = words.split()
        for place in range(1, len(split)):
            yield street_key(" ".join(split[:place])), street_key(" ".join(split[place:]))
