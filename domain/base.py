"""The one file of the domain that names the event library.

Facts are written by methods decorated with `@event`; those never judge, read a clock or roll dice,
so that yesterday's history loads under tomorrow's stricter rules.

The library asks anew, of each fact, what its method takes and what its class holds. Here that is asked once a
class: the same facts come out, in a third of the time, and a simulated night writes forty a call.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import sha1
from inspect import Parameter, signature
from typing import Any, NamedTuple, Self
from uuid import NAMESPACE_URL, UUID

from eventsourcing.domain import (
    AggregateCreated,
    AggregateEvent,
    BaseAggregate,
    CanMutateAggregate,
    CommandMethodDecorator,
    decorated_func_callers,
)
from eventsourcing.domain import event as event
from eventsourcing.utils import get_topic

from domain.values import Act

_NAMES = sha1(NAMESPACE_URL.bytes, usedforsecurity=False)
_VERSION_5, _NOT_VERSION = (0x8000 << 48) | (5 << 76), ~((0xC000 << 48) | (0xF000 << 64))
_FIRST = 1


@lru_cache(maxsize=16_384, typed=True)
def natural_id(*path: object) -> UUID:
    """The same name gives the same id, on every machine and in every replay: a UUID 5."""
    digest = _NAMES.copy()
    digest.update(("/vigil/" + "/".join(map(str, path))).encode())
    return UUID(int=int.from_bytes(digest.digest()[:16]) & _NOT_VERSION | _VERSION_5)


class Fact(AggregateEvent):
    """Something that happened. It always tells by which act."""

    act: Act


class Beginning(Fact, AggregateCreated):
    """The first fact of a thing."""


class Aggregate(BaseAggregate[UUID]):
    """A thing with a history. Each kind has a `TOPIC`, so that its name in the log outlives its module."""

    class Event(Fact):
        pass

    def __init_subclass__(cls, **told: Any) -> None:
        super().__init_subclass__(**told)
        for name, method in tuple(vars(cls).items()):
            if isinstance(method, CommandMethodDecorator) and method in decorated_func_callers:
                setattr(cls, name, _teller(method, decorated_func_callers[method]))

    @classmethod
    def _create(cls, event_class: Any, *, id: UUID | None = None, **facts: Any) -> Self:
        # The library's timestamp is when we heard; it comes from the act, not from a clock.
        heard_at = facts["act"].heard_at
        birth = _birth(cls, event_class)
        if id is not None or facts.keys() != birth.told:
            return super()._create(event_class, id=id, timestamp=heard_at, **facts)
        its_id = cls.create_id(**{name: facts[name] for name in birth.names_it})
        head = {
            "originator_id": its_id,
            "originator_version": _FIRST,
            "timestamp": heard_at,
            "originator_topic": birth.topic,
        }
        fact = _written(event_class, birth.columns, head | facts)
        thing = cls.__new__(cls)
        thing.__base_init__(its_id, _FIRST, heard_at)
        cls.__init__(thing, **facts)
        thing.pending_events.append(fact)
        return thing

    def trigger_event(self, event_class: type[CanMutateAggregate[UUID]], **facts: Any) -> None:
        super().trigger_event(event_class, timestamp=facts["act"].heard_at, **facts)


class _Birth(NamedTuple):
    """columns : of the first fact, in their order; told : what whoever begins a thing has to tell"""

    columns: tuple[str, ...]
    told: frozenset[str]
    names_it: tuple[str, ...]
    topic: str


_HEAD = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})


@cache
def _birth(cls: type[Aggregate], event_class: type[Any]) -> _Birth:
    columns = tuple(each.name for each in fields(event_class))
    asked = _parameters(cls.__init__)
    told = frozenset(columns) - _HEAD
    if told != asked or event_class.apply is not CanMutateAggregate.apply:
        told = frozenset({""})  # nobody tells that: the library does it all
    names_it = tuple(_parameters(cls.create_id, itself=False) & told)
    return _Birth(columns, told, names_it, get_topic(cls))


def _parameters(method: Callable[..., Any], itself: bool = True) -> frozenset[str]:
    found = list(signature(method).parameters.values())[1 if itself else 0 :]
    return frozenset(
        each.name for each in found if each.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
    )


def _written(event_class: type[Any], columns: tuple[str, ...], said: dict[str, Any]) -> Any:
    """A fact with these columns. They come in their order, for so they are written into the log."""
    fact = object.__new__(event_class)
    fact.__dict__.update({name: said[name] for name in columns})
    return fact


def _teller(method: CommandMethodDecorator, event_class: type[Any]) -> Callable[..., None]:
    """What the decorated method does when it is called: a fact is written, and applied."""
    happens = method.decorated_func
    columns = tuple(each.name for each in fields(event_class))
    asked = _parameters(happens)
    told = frozenset(columns) - _HEAD

    def tell(self: Aggregate, *args: Any, **facts: Any) -> None:
        if args or facts.keys() != told or told != asked:
            method.__get__(self, type(self))(*args, **facts)
            return
        version, heard_at = self._version + 1, facts["act"].heard_at
        head = {"originator_id": self._id, "originator_version": version, "timestamp": heard_at}
        fact = _written(event_class, columns, head | facts)
        happens(self, **facts)
        self._version, self._modified_on = version, heard_at
        self._pending_events.append(fact)

    tell.__name__, tell.__qualname__, tell.__doc__ = happens.__name__, happens.__qualname__, happens.__doc__
    return tell
