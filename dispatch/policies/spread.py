"""Many casualties, several hospitals: who goes where, red first, soonest first, nobody overrun.

Within one colour all casualties want the same, so a spread is a choice of beds: as many as can be filled, and
of those the cheapest in seconds of drive. Which sets of beds may be filled together is said by limits that
lie within one another (so many of a kind, so many in a hospital), a laminar matroid, and for matroids taking
the cheapest bed that still fits, again and again, is exact (J. Edmonds, "Matroids and the greedy algorithm",
Mathematical Programming 1, 1971, 127-136). A test holds it to trying all spreads.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from dispatch.policies.care_rules import SpreadRules
from domain.casualty import Category

COLOURS = (Category.RED, Category.YELLOW, Category.GREEN)
"""In the order in which they are served. Black ones stay, as long as others wait."""


@dataclass(frozen=True, slots=True)
class Casualty:
    """category : None counts as yellow until somebody has looked"""

    patient_id: UUID
    tag: str
    category: Category | None


@dataclass(frozen=True, slots=True)
class Place:
    """A hospital that takes patients.

    eta_s   : drive from the scene
    doubt_s : what the age of its counts costs, in seconds of drive
    free    : beds by kind
    capable : whether it has the speciality that red ones want, and it is open
    bound   : patients of this incident that are bound there already
    """

    hospital_id: str
    name: str
    eta_s: float
    doubt_s: float
    free: Mapping[str, int]
    capable: bool
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    patient_id: UUID
    tag: str
    category: Category
    hospital_id: str
    bed_kind: str
    eta_s: float
    cost_s: float


@dataclass(frozen=True, slots=True)
class Spread:
    """cap : so many of this incident may go to one hospital, those bound there already counted"""

    sent: list[Sent]
    unplaced: list[Casualty]
    staying: list[Casualty]
    cap: int


def spread(casualties: Sequence[Casualty], places: Sequence[Place], rules: SpreadRules) -> Spread:
    """The tag settles who of one colour goes first; the hospital's id settles ties between beds."""
    staying = [each for each in casualties if each.category is Category.BLACK]
    going = sorted((each for each in casualties if each not in staying), key=lambda each: each.tag)
    cap = cap_of(len(going), places, rules)
    free = {place.hospital_id: Counter(place.free) for place in places}
    room = {place.hospital_id: cap - place.bound for place in places}
    sent: list[Sent] = []
    unplaced: list[Casualty] = []
    for colour in COLOURS:
        waiting = [each for each in going if (each.category or Category.YELLOW) is colour]
        beds = _beds(colour, places, rules)
        for casualty in waiting:
            fits = (each for each in beds if room[each[1]] > 0 and free[each[1]][each[2]] > 0)
            bed = next(fits, None)
            if bed is None:
                unplaced.append(casualty)
                continue
            cost_s, hospital_id, kind, eta_s = bed
            free[hospital_id][kind] -= 1
            room[hospital_id] -= 1
            sent.append(Sent(casualty.patient_id, casualty.tag, colour, hospital_id, kind, eta_s, cost_s))
    return Spread(sent, unplaced, staying, cap)


def cap_of(going: int, places: Sequence[Place], rules: SpreadRules) -> int:
    """No hospital gets more than its share, unless there are too few hospitals for that."""
    bound = sum(place.bound for place in places)
    everybody = going + bound
    share = max(rules.least, ceil(rules.share * everybody))
    return max(share, ceil(everybody / len(places))) if places else share


def _beds(
    colour: Category, places: Sequence[Place], rules: SpreadRules
) -> list[tuple[float, str, str, float]]:
    """(cost, hospital, kind, eta) of every kind of bed that fits a colour, the cheapest first."""
    kinds = {Category.RED: rules.red, Category.YELLOW: rules.yellow, Category.GREEN: rules.green}[colour]
    found = []
    for place in places:
        lacks_s = 0.0 if place.capable or colour is not Category.RED else rules.lacks_s
        for step, kind in enumerate(kinds):
            cost_s = place.eta_s + place.doubt_s + lacks_s + step * rules.other_kind_s
            found.append((round(cost_s, 1), place.hospital_id, kind, place.eta_s))
    return sorted(found)
