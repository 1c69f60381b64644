"""How assignments are watched over: settings of a city, not constants of the code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from typing import Annotated, Literal

from msgspec import Meta

from domain.city import Commitment, Ownership, StationFacts
from domain.offer import Asked, Escalate

Seconds = Annotated[float, Meta(gt=0)]
SHIFT_BEGINS = time(6, 30)
"""The working day of the 115 service; a call before it belongs to the day before."""


@dataclass(frozen=True, slots=True)
class OfferRules:
    """within_s : priority -> how long a crew or station may take to answer; an order of a priority that is
               not named waits for ever, and so does every order where the table is empty
    more_s   : commitment of the station -> seconds on top of that
    ask_station : the ownerships whose station answers, not the crew alone
    escalate : what follows on no answer or a no: `offer_next` of the advice, or `tell_dispatcher`
    most     : so many units are offered one incident by themselves, the first included
    fresh_s  : advice older than this is made anew before the next is chosen
    still_s, moved_m, nearer_s : a unit that had not moved for so long when it was asked, came so far since
               and has so many seconds of drive less to the scene has answered by that; 0 metres: words count
    """

    within_s: Mapping[str, Seconds] = field(default_factory=dict)
    more_s: Mapping[Commitment, Annotated[float, Meta(ge=0)]] = field(default_factory=dict)
    ask_station: tuple[Ownership, ...] = (Ownership.HOSPITAL,)
    escalate: Escalate = "tell_dispatcher"
    most: Annotated[int, Meta(ge=1)] = 4
    fresh_s: Seconds = 120.0
    still_s: Seconds = 60.0
    moved_m: Annotated[float, Meta(ge=0)] = 150.0
    nearer_s: Seconds = 10.0

    def answer_within_s(self, priority: str, station: StationFacts | None) -> float | None:
        """None where nobody need answer."""
        base = self.within_s.get(priority)
        if base is None:
            return None
        return base + (self.more_s.get(station.commitment, 0.0) if station else 0.0)

    def whom(self, station: StationFacts | None) -> Asked:
        return "station" if station is not None and station.ownership in self.ask_station else "crew"


@dataclass(frozen=True, slots=True)
class PromptRules:
    """stay_s : a unit has come, or gone, when its positions say so for as long; with a position each 5 s or
    oftener the question stands on the screen within 15 s
    """

    stay_s: Seconds = 10.0


@dataclass(frozen=True, slots=True)
class UndoRules:
    """within_s : so long after we heard of a step it may be undone; later its time is corrected"""

    within_s: Seconds = 900.0


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """A crew at a scene is asked whether all is well.

    every_s     : after so long on scene, and after each answer; 0 never asks
    dangerous_s : the same where the incident is known to be dangerous
    grace_s     : so long after the question the alarm goes off
    """

    every_s: Annotated[float, Meta(ge=0)] = 1200.0
    dangerous_s: Annotated[float, Meta(ge=0)] = 300.0
    grace_s: Annotated[float, Meta(ge=0)] = 60.0


@dataclass(frozen=True, slots=True)
class AutoDispatchRules:
    """priorities : those for which the first of the advice goes by itself; none: it is off
    veto_s     : so long a dispatcher may stop it
    young_s    : nothing is proposed for an incident opened longer ago: people have it in hand
    most       : proposals an incident, where what was proposed was taken by another
    """

    priorities: tuple[Literal["P1", "P2", "P3", "P4"], ...] = ()
    veto_s: Seconds = 20.0
    young_s: Seconds = 300.0
    most: Annotated[int, Meta(ge=1)] = 3


def shift_day(at: datetime, zone: tzinfo) -> str:
    """The day of the shift a moment belongs to, such as 2026-03-02: from 06:30 to 06:30."""
    begins = timedelta(hours=SHIFT_BEGINS.hour, minutes=SHIFT_BEGINS.minute)
    return (at.astimezone(zone).replace(tzinfo=None) - begins).date().isoformat()
