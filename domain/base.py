"""The one file of the domain that names the event library.

Facts are written by methods decorated with `@event`; those never judge, read a clock or roll dice,
so that yesterday's history loads under tomorrow's stricter rules.

The library asks anew, of each fact, what its method takes and what its class holds. Here that is asked once a
class: the same facts come out, in a third of the time, and a simulated night writes forty a call.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import sha1
from inspect import Parameter, signature
from typing import Any, NamedTuple, Self
from uuid import NAMESPACE_URL, UUID, SafeUUID

from eventsourcing.domain import (
    AggregateCreated,
    AggregateEvent,
    BaseAggregate,
    CanMutateAggregate,
    CommandMethodDecorator,
    MetaAggregate,
    _created_event_classes,
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
    its_id: UUID = _new(UUID)  # what UUID(int=...) makes, without asking whether it fits
    _put(its_id, "int", int.from_bytes(digest.digest()[:16]) & _NOT_VERSION | _VERSION_5)
    _put(its_id, "is_safe", SafeUUID.unknown)
    return its_id


_new, _put = object.__new__, object.__setattr__


class Fact(AggregateEvent):
    """Something that happened. It always tells by which act."""

    act: Act


class Beginning(Fact, AggregateCreated):
    """The first fact of a thing."""


class _Begun(MetaAggregate[Any]):
    """A thing that is begun by naming all that its first fact tells needs no look at what that takes."""

    def __call__(cls, *args: Any, **facts: Any) -> Any:
        birth = _only_birth(cls)
        if args or birth is None or facts.keys() != birth.told:
            return super().__call__(*args, **facts)
        return cls._begin(birth, facts)  # type: ignore[attr-defined]


class Aggregate(BaseAggregate[UUID], metaclass=_Begun):
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
        birth = _birth(cls, event_class)
        if id is not None or facts.keys() != birth.told:
            return super()._create(event_class, id=id, timestamp=facts["act"].heard_at, **facts)
        return cls._begin(birth, facts)

    @classmethod
    def _begin(cls, birth: "_Birth", facts: dict[str, Any]) -> Self:
        heard_at = facts["act"].heard_at
        its_id = cls.create_id(*map(facts.__getitem__, birth.names_it))
        told = birth.blank.copy()
        told.update(facts)
        told["originator_id"], told["originator_version"] = its_id, _FIRST
        told["timestamp"], told["originator_topic"] = heard_at, birth.topic
        thing = _new(cls)
        thing.__base_init__(its_id, _FIRST, heard_at)
        birth.happens(thing, **facts)
        thing._pending_events.append(_fact(birth.event_class, told))
        return thing

    def trigger_event(self, event_class: type[CanMutateAggregate[UUID]], **facts: Any) -> None:
        super().trigger_event(event_class, timestamp=facts["act"].heard_at, **facts)


class _Birth(NamedTuple):
    """blank : the first fact without what it tells; told : what whoever begins a thing has to tell"""

    event_class: type[Any]
    blank: dict[str, Any]
    happens: Callable[..., None]
    told: frozenset[str]
    names_it: tuple[str, ...]
    topic: str


_HEAD = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})


@cache
def _birth(cls: Any, event_class: Any) -> _Birth:
    told = frozenset(each.name for each in fields(event_class)) - _HEAD
    if told != _parameters(cls.__init__) or event_class.apply is not CanMutateAggregate.apply:
        told = frozenset({""})  # nobody tells that: the library does it all
    names_it = tuple(name for name in signature(cls.create_id).parameters if name in told)
    return _Birth(event_class, _blank(event_class), cls.__init__, told, names_it, get_topic(cls))


@cache
def _only_birth(cls: Any) -> _Birth | None:
    """None where the library has to say which first fact is meant."""
    firsts: Sequence[Any] = _created_event_classes.get(cls, ())
    return _birth(cls, firsts[0]) if len(firsts) == 1 else None


def _parameters(method: Callable[..., Any], itself: bool = True) -> frozenset[str]:
    found = list(signature(method).parameters.values())[1 if itself else 0 :]
    return frozenset(
        each.name for each in found if each.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
    )


def _blank(event_class: type[Any]) -> dict[str, Any]:
    """What is told comes in the order of the class, for so it is written into the log."""
    return dict.fromkeys(each.name for each in fields(event_class))


def _fact(event_class: type[Any], told: dict[str, Any]) -> Any:
    fact = _new(event_class)
    _put(fact, "__dict__", told)
    return fact


def _teller(method: CommandMethodDecorator, event_class: type[Any]) -> Callable[..., None]:
    """What the decorated method does when it is called: a fact is written, and applied."""
    happens, blank = method.decorated_func, _blank(event_class)
    asked = blank.keys() - _HEAD
    known = asked == _parameters(happens)

    def tell(self: Aggregate, *args: Any, **facts: Any) -> None:
        if args or not known or facts.keys() != asked:
            method.__get__(self, type(self))(*args, **facts)
            return
        version, heard_at = self._version + 1, facts["act"].heard_at
        told = blank.copy()
        told.update(facts)
        told["originator_id"], told["originator_version"], told["timestamp"] = self._id, version, heard_at
        happens(self, **facts)
        self._version, self._modified_on = version, heard_at
        self._pending_events.append(_fact(event_class, told))

    tell.__name__, tell.__qualname__, tell.__doc__ = happens.__name__, happens.__qualname__, happens.__doc__
    return tell
