"""What a city model is: everything the chances and the plan of an ordinary week need, and nothing that has
happened.

Frozen, so that rivals are made with `replace` and differ in what was said and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.values import Position
from simulations.city_model.durations import Duration

PRIORITIES: Final = ("P1", "P2", "P3", "P4")
NO_INCIDENT: Final = "none"
"""The priority of calls that need nobody: they keep a line and a taker, and no unit."""


@dataclass(frozen=True, slots=True)
class Period:
    """Hours of the week in which calls come from the same places: whole hours, each in one period."""

    id: str
    spells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where calls come from. weights : one a period, how many of its calls come from here, in any unit"""

    id: str
    position: Position
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CallKind:
    """rates : expected calls an hour, by hour of the week
    priority : NO_INCIDENT for those who need nobody
    """

    id: str
    priority: str
    rates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Of the incidents of one priority.

    decide   : from the ring until somebody first looks for a unit
    scene    : from arrival until the crew leaves, or is done
    handover : from arrival at the hospital until handover
    clear    : from there until the crew is free
    stay     : how long the patient has the bed
    """

    decide: Duration
    scene: Duration
    handover: Duration
    clear: Duration
    stay: Duration


@dataclass(frozen=True, slots=True)
class Shift:
    """When somebody is on duty, week after week."""

    id: str
    spells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    id: str
    name: str
    position: Position
    source: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    callsign: str
    kind: str
    capabilities: tuple[str, ...]
    station: str
    shift: str


@dataclass(frozen=True, slots=True)
class Hospital:
    """beds : staffed, by EDXL-HAVE kind
    handover_factor, stay_factor : what is drawn for a patient takes so many times as long here
    """

    id: str
    name: str
    position: Position
    specialities: tuple[str, ...]
    beds: Mapping[str, int]
    handover_factor: float = 1.0
    stay_factor: float = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Desks:
    """So many takers sit at a desk in this shift."""

    shift: str
    count: int


@dataclass(frozen=True, slots=True)
class CallTaking:
    """lines : so many callers at once are on the line
    talk     : how long a call keeps a taker, by priority
    patience : how long a caller waits for an answer
    """

    lines: int
    desks: tuple[Desks, ...]
    talk: Mapping[str, Duration]
    patience: Duration


@dataclass(frozen=True, slots=True)
class CityModel:
    """id, name  : small letters, digits and hyphens; as shown
    about       : what this is a model of, and what it leaves out
    sources     : of each figure or group of figures, where it comes from
    transported : share of the incidents of a priority that end in a hospital
    target_s    : response promised, by priority
    turnout_s   : from the order until the wheels turn, by kind of unit
    pace        : how many times as long every drive takes, by hour of the week
    occupied    : by kind of bed, the share of those staffed that other patients lie in at all times: who came
                  on foot, by taxi, or before. None where it says nothing
    """

    id: str
    name: str
    timezone: str
    about: str
    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    kinds: tuple[CallKind, ...]
    times: Mapping[str, Times]
    transported: Mapping[str, float]
    target_s: Mapping[str, int]
    shifts: tuple[Shift, ...]
    stations: tuple[Station, ...]
    units: tuple[Unit, ...]
    turnout_s: Mapping[str, float]
    hospitals: tuple[Hospital, ...]
    call_taking: CallTaking
    pace: tuple[float, ...]
    sources: Mapping[str, str] = field(default_factory=dict)
    occupied: Mapping[str, float] = field(default_factory=dict)

    def shift(self, shift_id: str) -> Shift:
        """Raises KeyError."""
        for each in self.shifts:
            if each.id == shift_id:
                return each
        raise KeyError(shift_id)
