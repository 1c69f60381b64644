"""The whole command set, found by looking into `dispatch.handlers`: a new command takes part by itself."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import dispatch.handlers
from dispatch.commands import Outcome

Handler = Callable[[Any, Any], Outcome]

AT_THE_START = {"SetUpCity"}
"""Orders that no person gives: the wiring does, before the first one."""


def every_command() -> dict[type, Handler]:
    """Each command that is given during a shift, with its handler, in the order of their names."""
    found: dict[type, Handler] = {}
    for module in pkgutil.iter_modules(dispatch.handlers.__path__):
        room = importlib.import_module(f"dispatch.handlers.{module.name}")
        for _, handler in inspect.getmembers(room, inspect.isfunction):
            if handler.__module__ != room.__name__:
                continue
            hint = get_type_hints(handler).get("command")
            if is_dataclass(hint) and "act" in {each.name for each in fields(hint)}:
                found[hint] = handler  # type: ignore[index]
    kinds = sorted(found, key=lambda kind: kind.__name__)
    return {kind: found[kind] for kind in kinds if kind.__name__ not in AT_THE_START}
