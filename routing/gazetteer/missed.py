"""A crossing was said and the map has none: its streets are told instead, and that it must be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from routing.gazetteer import reasons
from routing.gazetteer.asked import Reading
from routing.gazetteer.candidates import STREETS_ALIKE, Candidate, candidates
from routing.gazetteer.index import Index
from routing.gazetteer.spoken_numbers import numbered

WHOLE: Final = 0.9
"""What fits so well is named like that itself: `ngã tư Hàng Xanh`, the shop `Bánh & Kem`."""
EXACT: Final = 0.99


def instead(index: Index, every: Sequence[Reading], found: Sequence[Candidate]) -> list[Candidate] | None:
    """The streets of a crossing that was said and not found, each with why; None where no crossing was said,
    or something answers to it. [] where it was surely said and the map knows none of its streets."""
    said = [reading for reading in every if len(reading.crossing) > 1]
    if not said or any(_answers(each) for each in found):
        return None
    told: list[Candidate] = []
    for reading in said:
        one, other = (list(_streets(index, reading, part)) for part in reading.crossing[:2])
        if one and other and (_surely(reading, said) or (_exact(one, reading) and _exact(other, reading))):
            return [*_asked(one, other[0].name, True), *_asked(other, one[0].name, True)]
        if (one or other) and _surely(reading, said):
            unknown = reading.crossing[0 if other else 1]
            told += _asked(one or other, unknown, False)
    return told if told or any(_surely(reading, said) for reading in said) else None


def _answers(found: Candidate) -> bool:
    return bool(found.reading.crossing) or found.match >= WHOLE


def _surely(reading: Reading, said: Sequence[Reading]) -> bool:
    """A word that means nothing but a crossing stood between the two: then there is one way to cut them, and
    no cut is in the midst of a name. `cà phê Trúc và Mai` may be a shop."""
    return reading.share == 1.0 and len({each.crossing for each in said}) == 1


def _exact(streets: Sequence[Candidate], reading: Reading) -> bool:
    return max(each.match for each in streets) >= EXACT * reading.share


def _asked(streets: Sequence[Candidate], other: str, known: bool) -> Iterator[Candidate]:
    why = reasons.no_crossing(other) if known else reasons.unknown_street(other)
    for each in streets:
        yield replace(each, must_ask=True, reasons=(why, *each.reasons))


def _streets(index: Index, reading: Reading, part: str) -> Iterator[Candidate]:
    """The streets one half may be, each as a whole: a number before it says nothing of a corner."""
    name = next((each.name for each in numbered(part) if each.name), part)
    alone = replace(reading, crossing=(), name=name, word="street")
    for each in candidates(index, alone):
        if each.kind in ("street", "bridge") and each.match >= STREETS_ALIKE * reading.share:
            yield each
