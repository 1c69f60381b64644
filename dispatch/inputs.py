"""All that made an advice, as it is stored with a decision; and read again, to make it once more.

Rows of columns rather than objects: a fleet of 300 repeats no name 300 times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from dispatch.need import Need
from dispatch.policies.destination import HospitalNow
from dispatch.policies.fleet import Task, UnitNow
from dispatch.rules import Rules
from domain.values import OnStreet, Position

FORMAT = 2
"""Of what is stored. The first, of older decisions, held positions and two sets of rules: too little."""

NEED, UNIT, TASK, HOSPITAL = (
    tuple(each.name for each in fields(kind)) for kind in (Need, UnitNow, Task, HospitalNow)
)
"""The columns. One that is added later changes FORMAT."""
RULES = "send", "plans", "destination"
"""The sections that rank; a policy's own are in `choosing`."""
HINTS: Mapping[Any, Mapping[str, Any]] = {
    kind: get_type_hints(kind, include_extras=True) for kind in (Need, UnitNow, Task, HospitalNow, Rules)
}
PLACES = frozenset({"position", "station", "scene", "hospital"})
_unit_values, _task_values, _hospital_values = attrgetter(*UNIT), attrgetter(*TASK), attrgetter(*HOSPITAL)


class CannotRead(ValueError):
    """The stored inputs are too old or too new to make the advice again; the sentence says which."""


def told(
    need: Need,
    fleet: Sequence[UnitNow],
    hospitals: Sequence[HospitalNow],
    rules: Rules,
    choosing: Mapping[str, Any],
) -> dict[str, Any]:
    """Plain enough for `msgspec.json.encode`."""
    return {
        "format": FORMAT,
        "need": {name: _plain(getattr(need, name)) for name in NEED},
        "units": [[_plain(each) for each in _unit_values(unit)] for unit in fleet],
        "hospitals": [[_plain(each) for each in _hospital_values(hospital)] for hospital in hospitals],
        "rules": _written_rules(rules),
        "choosing": choosing,
    }


def _plain(value: Any) -> Any:
    """A place in a row; everything else as it is, or as its fields are."""
    kind = type(value)
    if kind is OnStreet:
        return (
            value.lat,
            value.lon,
            value.map_version,
            value.edge,
            value.along_m,
            value.direction,
            value.gap_m,
        )
    if kind is Position:
        return value.lat, value.lon
    if kind is Task:
        return [_plain(each) for each in _task_values(value)]
    return value


class _RulesInLetters:
    """The rules of a desk stand for months and are written with every decision: once will do. Two threads at
    most write them both."""

    def __init__(self) -> None:
        self._last: tuple[Rules | None, msgspec.Raw] = None, msgspec.Raw(b"null")

    def __call__(self, rules: Rules) -> msgspec.Raw:
        last, letters = self._last
        if last is not rules:
            told = {name: getattr(rules, name) for name in RULES}
            letters = msgspec.Raw(msgspec.json.encode(told, enc_hook=dict, order="sorted"))
            self._last = rules, letters
        return letters


_written_rules = _RulesInLetters()


class Read(msgspec.Struct, frozen=True):
    """The inputs of one stored advice, as things again. Satisfies `dispatch.advise.LivePicture`."""

    need: Need
    fleet: tuple[UnitNow, ...]
    hospitals: tuple[HospitalNow, ...]
    rules: Rules
    choosing: dict[str, Any]

    def units_now(self) -> Sequence[UnitNow]:
        return self.fleet

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.hospitals


def read(stored: Mapping[str, Any]) -> Read:
    """The inputs of a stored advice. Raises CannotRead."""
    inputs = stored.get("inputs", {})
    if inputs.get("format") != FORMAT:
        raise CannotRead("The decision was stored by another version of Vigil, without all that made it.")
    try:
        return Read(
            need=_made(Need, inputs["need"]),
            fleet=tuple(_made(UnitNow, dict(zip(UNIT, row, strict=True))) for row in inputs["units"]),
            hospitals=tuple(
                _made(HospitalNow, dict(zip(HOSPITAL, row, strict=True))) for row in inputs["hospitals"]
            ),
            rules=Rules(
                **{name: msgspec.convert(inputs["rules"][name], hint) for name, hint in _rules_read().items()}
            ),
            choosing=inputs["choosing"],
        )
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        raise CannotRead(f"What is stored of the decision cannot be read: {fault}.") from None


def _made(kind: type[Any], said: Mapping[str, Any]) -> Any:
    """A thing of a kind from its fields; places and tasks are in rows of their own."""
    values: dict[str, Any] = {}
    for name, hint in HINTS[kind].items():
        value = said[name]
        if name in PLACES:
            values[name] = _place_of(value)
        elif name == "task" and value is not None:
            values[name] = _made(Task, dict(zip(TASK, value, strict=True)))
        else:
            values[name] = msgspec.convert(value, hint)
    return kind(**values)


def _rules_read() -> dict[str, Any]:
    return {name: HINTS[Rules][name] for name in RULES}


def _place_of(row: Sequence[Any] | None) -> Position | None:
    if row is None:
        return None
    return Position(*row) if len(row) == 2 else OnStreet(*row)
