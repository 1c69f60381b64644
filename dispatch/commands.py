"""How an order is carried out: decide on fresh facts, save everything at once, give a receipt.

Two dispatchers, one ambulance: the store's version check lets one save through. The other reads again
and decides again, because saving the same objects twice would record nothing.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from math import isfinite
from time import monotonic
from typing import Any, Protocol, TypeVar
from uuid import UUID

import msgspec

from dispatch.desk import Desk
from dispatch.faults import IntegrityError, OperationalError, Unanswered
from domain.base import Aggregate
from domain.errors import IdUsedTwice, NotStored, PerhapsStored, Refused, TooContended
from domain.receipt import Receipt
from domain.run import refuse_the_future
from domain.values import Act, Position

ATTEMPTS = 8
PATIENCE_S = 6.0
"""A log that fails is not tried again after so long: whoever ordered is told, and may order again."""


class Command(Protocol):
    @property
    def act(self) -> Act: ...


C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler decided: the things that changed, and what to answer.

    beside   : what is saved with them unless somebody else was faster; no order loses a race over it, and
               what is left out is brought up by a reaction
    repeated : nothing changed, because somebody had told it before
    """

    changed: tuple[Aggregate, ...]
    answer: dict[str, Any] = field(default_factory=dict)
    beside: tuple[Aggregate, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order. `repeated` where a receipt answered it, or somebody had told the same."""

    body: dict[str, Any]
    seq: int
    repeated: bool = False


def carry_out(
    command: C,
    handler: Callable[[C, Desk], Outcome],
    desk: Desk,
    pause: Callable[[int], None],
    stopwatch: Callable[[], float] = monotonic,
    lost: Callable[[Exception], None] = lambda fault: None,
) -> Answer:
    """Run the handler until its save holds.

    pause(attempt) waits a jittered moment after the attempt-th lost race; the caller owns clock and chance.
    lost(fault) hears why a save did not hold: IntegrityError for a race, OperationalError of the store.
    Raises a `Refused` from the handler, FromTheFuture, IdUsedTwice, TooContended after 8 lost races,
    NotStored where the log could not be written, or PerhapsStored where nobody knows.
    """
    refuse_the_future(command.act.at, command.act.heard_at)
    began = stopwatch()
    fault: Exception | None = None
    in_doubt = False
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(command, handler, desk, raced=isinstance(fault, IntegrityError))
        except IntegrityError as race:
            fault = race
            lost(race)
        except OperationalError as failure:
            # Perhaps the connection was lost after COMMIT: the next look at the receipt tells.
            fault, in_doubt = failure, in_doubt or isinstance(failure, Unanswered)
            lost(failure)
            if stopwatch() - began > PATIENCE_S:
                break
        pause(attempt)
    return _last_look(command, desk, fault, in_doubt)


def _once(command: C, handler: Callable[[C, Desk], Outcome], desk: Desk, raced: bool) -> Answer:
    """The answer given before, or else decide and save. Raises IntegrityError, OperationalError, Refused.

    raced : a race was lost just now, perhaps over what is only saved beside
    """
    given = _first_answer(command, desk)
    if given is not None:
        return given
    try:
        outcome = handler(command, desk)
    except Refused:
        # Its twin may have come through since we looked; then the facts refuse what is already done.
        given = _first_answer(command, desk)
        if given is not None:
            return given
        raise
    receipt = Receipt(
        command_id=command.act.command_id,
        command=type(command).__name__,
        fingerprint=_fingerprint(command),
        answer=outcome.answer,
        act=command.act,
    )
    beside = () if raced else outcome.beside
    seq = desk.log.record(*outcome.changed, *beside, receipt)
    return Answer(outcome.answer, seq, outcome.repeated)


def _last_look(command: Command, desk: Desk, fault: Exception | None, in_doubt: bool) -> Answer:
    """The receipt, if the last save held after all. Raises what became of the order."""
    try:
        given = _first_answer(command, desk)
    except OperationalError as failure:
        fault, given = failure, None
    if given is not None:
        return given
    if in_doubt:
        # Where the server hangs in its COMMIT the receipt does not show yet: nobody may say "nothing".
        raise PerhapsStored from fault
    if isinstance(fault, OperationalError):
        raise NotStored from fault
    raise TooContended(attempts=ATTEMPTS)


def _first_answer(command: Command, desk: Desk) -> Answer | None:
    """What the receipt of an earlier attempt says, None where there is none."""
    given = desk.log.receipt(command.act.command_id)
    if given is None:
        return None
    if given.fingerprint != _fingerprint(command) or _another_time(given.act, command.act):
        raise IdUsedTwice
    return Answer(given.answer, desk.log.position(), repeated=True)


def _another_time(first: Act, again: Act) -> bool:
    """Whether both orders said when it happened, and not the same. Where nobody says, it is when we hear."""
    said = first.at != first.heard_at and again.at != again.heard_at
    return said and first.at != again.at


def _fingerprint(command: Command) -> str:
    """Of what was ordered, not of when it was heard: a retry comes later."""
    # Field by field: to copy the whole order would copy the advice, thousands of values, each time.
    said = ", ".join([title + _text(getattr(command, name)) for name, title in _ordered(type(command))])
    text = f'["{type(command).__name__}", {{{said}}}]'
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def _ordered(kind: Any) -> tuple[tuple[str, str], ...]:
    """The names of what an order of this kind says, in the order of the alphabet; and how JSON begins with
    each."""
    derived = {"act", *getattr(kind, "DERIVED", ())}
    return tuple(
        (name, f'"{name}": ') for name in sorted(each.name for each in fields(kind)) if name not in derived
    )


def _text(value: Any) -> str:
    """As JSON. What most orders say is written here, the rest by the library: to the same letter."""
    if value is None or value is True or value is False:
        return _WORDS[value]
    kind = type(value)
    if kind is UUID:
        return f'"{msgspec.to_builtins(value)}"'  # as str has it, ten times as soon
    if kind is str:
        return _quoted(value)
    if kind is int or (kind is float and isfinite(value)):
        return repr(value)
    if kind is Position:
        return f'{{"lat": {_text(value.lat)}, "lon": {_text(value.lon)}}}'
    return _WRITER.encode(value)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return str(value)


_WORDS = {None: "null", True: "true", False: "false"}
_WRITER = json.JSONEncoder(default=_plain, sort_keys=True)
_quoted = json.encoder.encode_basestring_ascii
