"""How an order is carried out: decide on fresh facts, save everything at once, give a receipt.

Two dispatchers, one ambulance: the store's version check lets one save through. The other reads again
and decides again, because saving the same objects twice would record nothing.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Protocol, TypeVar

from dispatch.application import IntegrityError, OperationalError
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.errors import IdUsedTwice, TooContended
from domain.receipt import Receipt
from domain.values import Act

ATTEMPTS = 8


class Command(Protocol):
    @property
    def act(self) -> Act: ...


C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler decided: the things that changed, and what to answer."""

    changed: tuple[Aggregate, ...]
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order. `repeated` where a receipt answered it."""

    body: dict[str, Any]
    seq: int
    repeated: bool = False


def carry_out(
    command: C,
    handler: Callable[[C, Desk], Outcome],
    desk: Desk,
    pause: Callable[[int], None],
) -> Answer:
    """Run the handler until its save holds.

    pause(attempt) waits a jittered moment after the attempt-th lost race; the caller owns clock and chance.
    Raises a `Refused` from the handler, IdUsedTwice, or TooContended after 8 lost races.
    """
    fingerprint = _fingerprint(command)
    for attempt in range(1, ATTEMPTS + 1):
        given = desk.log.receipt(command.act.command_id)
        if given is not None:
            if given.fingerprint != fingerprint:
                raise IdUsedTwice(command_id=command.act.command_id)
            return Answer(given.answer, desk.log.position(), repeated=True)
        outcome = handler(command, desk)
        receipt = Receipt(
            command_id=command.act.command_id,
            command=type(command).__name__,
            fingerprint=fingerprint,
            answer=outcome.answer,
            act=command.act,
        )
        try:
            return Answer(outcome.answer, desk.log.record(*outcome.changed, receipt))
        except (IntegrityError, OperationalError):
            # Lost a race, or the connection after COMMIT: the next look at the receipt tells which.
            pause(attempt)
    raise TooContended(attempts=ATTEMPTS)


def _fingerprint(command: Command) -> str:
    """Of what was ordered, not of when it was heard: a retry comes later."""
    derived = {"act", *getattr(command, "DERIVED", ())}
    names = [f.name for f in fields(command) if f.name not in derived]  # type: ignore[arg-type]
    content = {name: asdict(command)[name] for name in names}  # type: ignore[call-overload]
    text = json.dumps([type(command).__name__, content], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
