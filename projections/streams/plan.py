"""Which fold hears what: the plan that every host carries out.

Three kinds of records come in: events (keyed by aggregate), pings (keyed "centre/callsign") and what folds
tell each other (keyed by the state it concerns). All topics have as many partitions, so the states of a key
live in one of them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct
from msgspec.json import Decoder, Encoder

from projections.streams.capacity import Capacity
from projections.streams.clocks import TICK_AHEAD, refuse_from_ahead, refuse_wrong_clocks
from projections.streams.effects import Forward
from projections.streams.figures import Figures
from projections.streams.fleet import Fleet
from projections.streams.fold import Fold, Limits
from projections.streams.incidents import Incidents
from projections.streams.messages import Envelope, Ping, Tick, Told
from projections.streams.places import Places
from projections.streams.region import Regions
from projections.streams.runs import Runs
from projections.streams.squads import Squads
from projections.streams.telling import stays, tell
from projections.streams.visits import Visits
from projections.unreadable import UNREADABLE

Source = Literal["events", "pings", "told"]


class Poison(ValueError):
    """A record nobody can read. The sentence says why; it belongs among the dead letters."""


class Letter(Struct, frozen=True):
    """What travels in the topic of the told: a message for one state, or a tick for a whole partition."""

    message: Told
    fold: str = ""
    key: str = ""


class Step(Struct, frozen=True):
    """One thing to do with a record: fold a message here, or forward it."""

    forward: Forward
    here: bool


class Heard(Struct, frozen=True):
    """What a record says: steps, or that time passed."""

    steps: tuple[Step, ...] = ()
    tick: Tick | None = None


ENCODER = Encoder()
SEED = b'{"seed":true}'
"""The first record of a partition, which says nothing; see `api.streams.topics`."""
_EVENTS = Decoder(Envelope)
_PINGS = Decoder(Ping)  # pings travel without a type: nothing else is in their topic
_LETTERS = Decoder(Letter)


def folds(limits: Limits) -> dict[str, Fold]:
    """Every fold, by its name."""
    all_of_them: tuple[Fold, ...] = (
        Fleet(limits),
        Visits(timedelta(seconds=limits.arrival_stay_s)),
        Runs(limits),
        Incidents(limits),
        Places(),
        Figures(),
        Capacity(),
        Squads(),
        Regions(),
    )
    return {fold.name: fold for fold in all_of_them}


def read(source: Source, value: bytes | None, written_at: datetime | None = None) -> Heard:
    """What a record says. Raises Poison with a sentence where it cannot be read, or comes from a wrong clock.

    written_at : when the record was, where that is known
    """
    if value is None or value == SEED:
        return Heard()
    try:
        match source:
            case "pings":
                ping = _PINGS.decode(value)
                refuse_wrong_clocks(ping)
                refuse_from_ahead(ping.at, written_at)
                return Heard(steps_of_ping(ping))
            case "events":
                event = _EVENTS.decode(value)
                refuse_wrong_clocks(event)
                return Heard(steps_of_event(event))
            case "told":
                letter = _LETTERS.decode(value)
                refuse_wrong_clocks(letter.message)
                if isinstance(letter.message, Tick):
                    refuse_from_ahead(letter.message.at, written_at, TICK_AHEAD)
    except UNREADABLE as fault:
        raise Poison(str(fault)) from None
    except (KeyError, TypeError, ValueError) as fault:
        raise Poison(f"{type(fault).__name__}: {fault}") from None
    if isinstance(letter.message, Tick):
        return Heard(tick=letter.message)
    return Heard((Step(Forward(letter.fold, letter.key, letter.message), True),))


def steps_of_ping(ping: Ping) -> tuple[Step, ...]:
    key = f"{ping.centre}/{ping.callsign}"
    return Step(Forward("fleet", key, ping), True), Step(Forward("visits", key, ping), True)


def steps_of_event(event: Envelope) -> tuple[Step, ...]:
    return tuple(Step(forward, stays(forward)) for forward in tell(event))


def letter(forward: Forward) -> bytes:
    return ENCODER.encode(Letter(forward.message, forward.fold, forward.key))


def tick_letter(tick: Tick) -> bytes:
    return ENCODER.encode(Letter(tick))


def decoders(known: Iterable[Fold]) -> Mapping[str, Decoder[Any]]:
    """How each fold's state is read back."""
    return {fold.name: Decoder(fold.state) for fold in known}
