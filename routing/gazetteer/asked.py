"""What a caller said of a place, taken apart."""

from dataclasses import dataclass
from typing import Literal

from routing.gazetteer.numbers import Path

Level = Literal["ward", "district", "any"]


@dataclass(frozen=True, slots=True)
class AreaSaid:
    """A ward or district as it was said. key: folded, with its word before it where one was said."""

    level: Level
    key: str
    bare: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what was said.

    path     : house and alleys from the street inwards; () where no number was said
    in_alley : an alley was named without a house
    name     : the folded words for a street or a thing; crossing: those for the streets that cross
    word     : what the words are for, where a word before them tells: "street", "thing", "crossing" or ""
    areas    : wards and districts that were said
    near     : the words for something the place is beside; relation: how (`doi dien`)
    unit     : floor, room, block
    share    : how good a reading it is, 1 for one that needs no guess
    """

    path: Path = ()
    in_alley: bool = False
    name: str = ""
    crossing: tuple[str, ...] = ()
    word: Literal["", "street", "thing", "crossing"] = ""
    areas: tuple[AreaSaid, ...] = ()
    near: str = ""
    relation: str = ""
    unit: str = ""
    share: float = 1.0
