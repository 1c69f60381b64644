"""What is asked: which rivals, on whose calls, how long and how often."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from simulations.rival import MoveUpName

Name = Annotated[str, Meta(min_length=1, max_length=60)]


class Rival(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One way to run the service. What is not said is as the city has it.

    policy  : who is sent: a dispatch policy by its name, or "rules" for what the city's rules say
    move_up : where free units wait: "home", "dmexclp" or "mended" (`simulations/rival.py`)
    without : callsigns that stay at home
    more    : vans added, by station
    turnout_s : from the order until the wheels turn, by kind of vehicle
    closed  : hospitals, by id, that take nobody as long as any other can
    staffed : beds that a hospital staffs, by its id and their kind, instead of what the city's files say
    beds    : whether beds are taken and free again; else each hospital has those of an ordinary day
    takers  : so many call takers, day and night; lines: so many callers at once (both of city models only)
    """

    name: Name
    policy: str = "closest"
    move_up: MoveUpName = "home"
    without: tuple[str, ...] = ()
    more: dict[str, Annotated[int, Meta(ge=1, le=50)]] = {}
    turnout_s: dict[str, Annotated[float, Meta(ge=0, le=3600)]] = {}
    closed: tuple[str, ...] = ()
    staffed: dict[str, dict[str, Annotated[int, Meta(ge=0, le=10_000)]]] = {}
    beds: bool = False
    takers: Annotated[int, Meta(ge=0, le=500)] | None = None
    lines: Annotated[int, Meta(ge=1, le=1000)] | None = None


class Experiment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """rivals  : the first is what the others are compared with
    days    : "alike": each replication draws days like the recorded one; "recorded": that very day, once;
              "model": nights of a city model; "scenario": those of one as a scenario changes them
    begins  : of a model's nights, by the clocks there, their warm-up included; a Monday where nobody says
    hours   : that are counted, after `warm_up_hours` that are not
    """

    question: Annotated[str, Meta(min_length=1, max_length=300)]
    city: Name
    rivals: Annotated[tuple[Rival, ...], Meta(min_length=1, max_length=20)]
    days: Literal["alike", "recorded", "model", "scenario"] = "alike"
    begins: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")] = "2026-03-02T00:00"
    hours: Annotated[float, Meta(gt=0, le=24 * 366)] = 24.0
    warm_up_hours: Annotated[float, Meta(ge=0, le=24 * 7)] = 6.0
    replications: Annotated[int, Meta(ge=1, le=10_000)] = 20
    seed: Annotated[int, Meta(ge=0, lt=2**53)] = 115

    @property
    def warm_up_s(self) -> float:
        return self.warm_up_hours * 3600.0

    @property
    def ends_s(self) -> float:
        return self.warm_up_s + self.hours * 3600.0
