"""Hospitals that the map knows, each with an id and a code that a Vietnamese keyboard leaves alone."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import osmium

from api.first_run.state import HospitalTold, Spot
from dispatch.city_rules import RESERVED
from domain.typed_text import safe_to_type

MOST: Final = 150
SPECIALITIES_OF_WORDS: Final = (
    (("đa khoa", "general"), ("general", "trauma", "stroke")),
    (("nhi", "children", "pediatric"), ("paediatrics",)),
    (("phụ sản", "từ dũ", "maternity"), ("obstetrics", "neonatal")),
    (("tim", "heart", "cardio"), ("cardiac", "pci")),
    (("chấn thương", "trauma"), ("trauma", "orthopaedics")),
    (("tâm thần", "psychiatric"), ("psychiatric",)),
    (("nhiệt đới", "tropical"), ("infectious",)),
    (("ung bướu", "oncology"), ("oncology",)),
    (("mắt", "eye"), ("ophthalmology",)),
)
LETTERS: Final = "BCGHKLMNPQTV"


def hospitals_of_map(source: Path) -> list[HospitalTold]:
    """Those with a name, the ones with most beds first. Specialities are guessed from the name."""
    rows: dict[str, tuple[int, dict[str, str], Spot]] = {}
    for tags, spot in _tagged(source):
        name = " ".join(tags["name"].split())[:120]
        beds = int(tags["beds"]) if re.fullmatch(r"[0-9]{1,5}", tags.get("beds", "")) else 0
        if name not in rows or beds > rows[name][0]:
            rows[name] = (beds, {**tags, "name": name}, spot)
    chosen = sorted(rows.values(), key=lambda row: (-row[0], row[1]["name"]))[:MOST]
    ids: set[str] = set()
    codes: set[str] = set()
    return [_hospital(beds, tags, spot, ids, codes) for beds, tags, spot in chosen]


def _tagged(source: Path) -> Iterator[tuple[dict[str, str], Spot]]:
    # A house is drawn as its outline: the middle of its corners is near enough to a door.
    things = (
        osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(osmium.filter.TagFilter(("amenity", "hospital")))
    )
    for thing in things:
        tags = {tag.k: tag.v for tag in thing.tags}
        spot = _spot(thing)
        if tags.get("name") and spot is not None:
            yield tags, spot


def _spot(thing: Any) -> Spot | None:
    corners = [thing.location] if thing.is_node() else [node.location for node in thing.nodes]
    good = [corner for corner in corners if corner.valid()]
    if not good:
        return None
    lat, lon = sum(c.lat for c in good) / len(good), sum(c.lon for c in good) / len(good)
    return Spot(lat=round(lat, 6), lon=round(lon, 6))


def _hospital(beds: int, tags: dict[str, str], spot: Spot, ids: set[str], codes: set[str]) -> HospitalTold:
    name = tags["name"]
    return HospitalTold(
        id=fresh_id(name, ids),
        code=fresh_code(name, codes),
        name=name,
        name_en=tags.get("name:en") or tags.get("int_name") or name,
        position=spot,
        specialities=specialities_of(name),
        ward_beds=beds or 50,
        from_map=True,
        beds_assumed=True,
    )


def specialities_of(name: str) -> list[str]:
    said = name.lower()
    found = [
        service
        for words, services in SPECIALITIES_OF_WORDS
        if any(w in said for w in words)
        for service in services
    ]
    return list(dict.fromkeys(found)) or ["general"]


def plain(text: str) -> str:
    """Without accents: "Đa khoa Sông Đôi" as "da khoa song doi"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def fresh_id(name: str, taken: set[str]) -> str:
    """A name for files, such as `song-doi`; it is taken from then on."""
    stem = (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(benh vien|hospital)\s+", "", plain(name)))
        .strip("-")[:40]
        .strip("-")
    )
    stem = stem or "hospital"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found


def fresh_code(name: str, taken: set[str]) -> str:
    """What a dispatcher types: the initials where a keyboard leaves them alone, else what is near."""
    words = re.findall(r"[a-z]+", plain(name))
    words = words[2:] if words[:2] == ["benh", "vien"] and len(words) > 2 else words
    initials = "".join(word[0] for word in words).upper()
    for code in _candidates(initials):
        if code not in taken and usable_code(code):
            taken.add(code)
            return code
    raise ValueError("there are no codes left")


def usable_code(code: str) -> bool:
    shaped = re.fullmatch(r"[A-Z][A-Z0-9]{1,3}", code) and not re.fullmatch(r"[CTM][0-9]+", code)
    return bool(shaped) and code not in RESERVED and safe_to_type(code)


def _candidates(initials: str) -> Iterable[str]:
    for length in (2, 3, 4):
        for start in range(len(initials) - length + 1):
            yield initials[start : start + length]
    first = [letter for letter in initials if letter in LETTERS][:1] or list(LETTERS)
    for length in (1, 2, 3):
        for head in (*first, *LETTERS):
            for rest in product(LETTERS, repeat=length):
                yield head + "".join(rest)
