"""How we know a place that was said: from where, how surely, and whether it could be another."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceSource(StrEnum):
    GAZETTEER = "gazetteer"
    MAP = "map"
    CALLER_PHONE = "caller_phone"
    COORDINATES = "coordinates"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """source     : where the position came from
    confidence : 0..1 as the gazetteer answers; None where nobody measured it
    ambiguous  : the same words mean several places
    """

    source: str
    confidence: float | None = None
    ambiguous: bool = False
