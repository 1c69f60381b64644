"""Any order there is, made of numbers. A new command takes part by itself as long as its fields are called as
everybody calls them; one whose field nobody can fill is told by name, so that no command is forgotten."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.values import Position
from tests.builders import HERE, an_id
from tests.drawn import calls, crews, hospitals, incidents, patients, roads, runs, sending
from tests.drawn.chooser import Chooser
from tests.drawn.words import Fit, Said, Word
from tests.drawn.world import World

BY_NAME: Mapping[str, Word] = {
    name: word
    for room in (calls, incidents, hospitals, sending, runs, patients, crews, roads)
    for name, word in room.WORDS.items()
}
"""By "Command.field", or by "field" for all that have one. Of two rooms the later has the word."""

BY_TYPE: Mapping[Any, Callable[[World, Chooser], Any]] = {
    str: lambda world, chooser: chooser.one_of(["x" * 3000, " "]) if chooser.seldom() else "lý do",
    bool: lambda world, chooser: bool(chooser.number() % 2),
    int: lambda world, chooser: chooser.one_of([1, 2, 3, 0, 1000]),
    float: lambda world, chooser: chooser.one_of([0.5, 1.0, 60.0, 0.0]),
    UUID: lambda world, chooser: an_id(f"thing {world.count}"),
    Position: lambda world, chooser: Position(HERE.lat + chooser.number() % 10 / 1e4, HERE.lon),
}


FEW = 8


def makes_sense(kind: type, world: World) -> bool:
    """Whether all that such an order has to name is there just now."""
    return all(fit.options(world, {}) for fit in _fits(kind))


def choose_kind(kinds: Sequence[type], which: int, world: World, chooser: Chooser) -> type:
    """Of the next few that make sense from that place on, the one that was given least, and rather one that
    made no sense when the shift began; seldom whatever stands in that place."""
    if chooser.seldom():
        return kinds[which]
    turn = (*kinds[which:], *kinds[:which])
    sensible = islice((kind for kind in turn if makes_sense(kind, world)), FEW)
    return min(sensible, key=lambda kind: world.given[kind] - 2 * (kind in world.later), default=kinds[which])


def draw(kind: type, world: World, chooser: Chooser) -> Any:
    """An order of this kind. Raises KeyError naming the field nobody can fill."""
    hints = _hints(kind)
    world.given[kind] += 1
    said: dict[str, Any] = {"act": world.act(chooser)}
    for each in fields(kind):
        if each.name == "act":
            continue
        has_default = each.default is not MISSING or each.default_factory is not MISSING
        if has_default and not chooser.number() % 3:
            continue
        said[each.name] = _value(kind, each.name, hints[each.name], world, chooser, said)
    return kind(**said)


def _word(kind: type, name: str) -> Word | None:
    return BY_NAME.get(f"{kind.__name__}.{name}") or BY_NAME.get(name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _fits(kind: type) -> tuple[Fit[Any], ...]:
    words = [_word(kind, each.name) for each in fields(kind)]
    return tuple(word for word in words if isinstance(word, Fit))


def _value(kind: type, name: str, hint: Any, world: World, chooser: Chooser, said: Said) -> Any:
    word = _word(kind, name)
    return word(world, chooser, said) if word is not None else _by_type(kind, name, hint, world, chooser)


def _by_type(kind: type, name: str, hint: Any, world: World, chooser: Chooser) -> Any:
    if get_origin(hint) in (Union, UnionType):
        options = [each for each in get_args(hint) if each is not NoneType]
        if NoneType in get_args(hint) and chooser.number() % 2:
            return None
        return _value(kind, name, options[0], world, chooser, {})
    if get_origin(hint) is Literal:
        return chooser.one_of(get_args(hint))
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return chooser.one_of(list(hint))
    if hint in BY_TYPE:
        return BY_TYPE[hint](world, chooser)
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]
        parts = {
            each.name: _value(kind, each.name, hints[each.name], world, chooser, {}) for each in fields(hint)
        }
        return hint(**parts)  # type: ignore[operator]
    raise KeyError(f"nobody knows what to say for {kind.__name__}.{name}: {hint}")
