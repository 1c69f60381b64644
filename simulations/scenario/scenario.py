"""What a scenario says, as values. Moments are seconds since the midnight on which day 1 begins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf
from typing import Final

from domain.values import Position
from simulations.rival import MoveUpName
from simulations.scenario.moments import DAY_S, Spell

Ring = tuple[tuple[float, float], ...]
"""The corners of an area, (lat, lon); it closes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """courses : in which of the scenario's courses it happens; in all where none is named
    spells  : when it holds, in order
    number  : among those of its kind in the whole scenario. Its chance is named by it, so that who rings
              because of it is the same in all courses, whatever else happens in them
    """

    courses: tuple[str, ...] = ()
    spells: tuple[Spell, ...] = ()
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls(Change):
    """More or fewer calls.

    curve  : points (moment, factor), between which it goes straight; nothing changes outside
    kinds  : of the model; all where none is named
    inside : only of places in this area
    """

    curve: tuple[tuple[float, float], ...]
    kinds: tuple[str, ...] = ()
    inside: Ring = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties(Change):
    """Many people hurt at one place and instant.

    found_s : in which time crews and callers find them all, one after the other
    callers : how many ring up about it in that time, beyond the ordinary
    """

    at_s: float
    place: Position
    priorities: Mapping[str, int]
    found_s: float
    callers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsAdded(Change):
    """Vehicles that help, shared out among stations.

    stations : all of the model where none is named
    """

    count: int
    kind: str
    capabilities: tuple[str, ...]
    stations: tuple[str, ...]
    turnout_s: float
    called: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsAway(Change):
    """Vehicles that are missing: by callsign, or so large a share of all, evenly over the fleet."""

    callsigns: tuple[str, ...] = ()
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Change):
    """So many lines, and so many takers at them, instead of the model's."""

    lines: int
    takers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Change):
    """Every call keeps a taker so many times as long."""

    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalsLost(Change):
    """Hospitals where nobody is taken."""

    hospitals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalOpened(Change):
    """One that the model does not have."""

    id: str
    name: str
    position: Position
    specialities: tuple[str, ...]
    beds: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation(Change):
    """So large a share of the patients may infect others: each wants a bed of `ISOLATED` at a hospital that
    takes infectious patients, and keeps it so many times as long as is drawn for one of an ordinary day."""

    share: float
    stay_factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Change):
    """Handing a patient over takes so many times as long, at every hospital."""

    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads(Change):
    """Streets of an area that nobody drives (share 0), or only at this share of the usual speed."""

    inside: Ring
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(Change):
    """Every drive takes so many times as long."""

    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Change):
    """The dispatch system is lost: decisions take longer by so many seconds, and nobody sees road times, so
    the nearest as the crow flies is sent. What was written on paper is entered afterwards."""

    longer_s: float


def numbered(changes: Sequence[Change]) -> Iterator[Change]:
    """Each with its number among its kind."""
    counts: dict[type[Change], int] = {}
    for each in changes:
        number = counts[type(each)] = counts.get(type(each), -1) + 1
        yield replace(each, number=number)


@dataclass(frozen=True, slots=True)
class Course:
    """One way the days may go.

    name    : by language
    policy, move_up, beds : as in `simulations/experiment/experiment.py`
    """

    id: str
    name: Mapping[str, str]
    policy: str = "closest"
    move_up: MoveUpName = "home"
    beds: bool = False


LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Scenario:
    """question : by language; name: what it is called in a list, its id where the file does not say
    model    : the name of a city, or the folder of a city model
    courses  : the first is what the others are compared with, unless `pairs` says otherwise
    pairs    : of courses, each with what it is compared with before it; empty where the file does not say
    answers  : the figures that answer the question, the most telling first; empty where the file does not say
    """

    id: str
    question: Mapping[str, str]
    explains: Mapping[str, str]
    model: str
    begins: date
    days: int
    warm_up_hours: float
    replications: int
    seed: int
    courses: tuple[Course, ...]
    changes: tuple[Change, ...]
    name: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """On which line of its file each field is."""

    @property
    def warm_up_s(self) -> float:
        return self.warm_up_hours * 3600.0

    @property
    def lasts_s(self) -> float:
        """Without the warm-up."""
        return self.days * DAY_S

    @property
    def compared(self) -> tuple[tuple[str, str], ...]:
        """The pairs; every course with the first where the file names none."""
        first, *others = (each.id for each in self.courses)
        return self.pairs or tuple((first, other) for other in others)

    def of(self, course: str) -> tuple[Change, ...]:
        """The changes that happen in a course. What holds until the end goes on for the last runs."""
        return tuple(
            replace(each, spells=tuple((begin, self._or_for_ever(end)) for begin, end in each.spells))
            for each in numbered(self.changes)
            if not each.courses or course in each.courses
        )

    def _or_for_ever(self, end_s: float) -> float:
        return end_s if end_s < self.lasts_s else inf
