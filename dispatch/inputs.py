"""All that made an advice, as it is stored with a decision; and read again, to make it once more.

Rows of columns rather than objects: a fleet of 300 repeats no name 300 times.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from dispatch.need import Need
from dispatch.policies.as_before import AsBefore
from dispatch.policies.destination import HospitalNow
from dispatch.policies.fleet import Task, UnitNow
from dispatch.policies.plan_rules import whole_plan
from dispatch.rules import Rules
from domain.values import OnStreet, Position

FORMAT = 7
"""Of what is stored. The first, of older decisions, held positions and two sets of rules: too little. With
the second, advice told coverage as a pair (`dispatch/older_advice.py`); up to the third it named no hospital
where none had what is needed; up to the fourth a plan asked for somebody sooner than those still free, though
somebody sooner was on the way; up to the fifth it forgot those on the way whom nobody had seen. Up to the
sixth all plans of the city and all beds of each hospital were held, though one plan is filled and one kind of
bed is wanted."""
READABLE = (2, 3, 4, 5, 6, FORMAT)
LAST_RESORT_SINCE = 4
SERVING_RECKONED_SINCE = 5
UNSEEN_RECKONED_SINCE = 6

NEED, TASK, HOSPITAL = (tuple(each.name for each in fields(kind)) for kind in (Need, Task, HospitalNow))
UNIT = UnitNow.__struct_fields__
"""The columns. One that is added later changes FORMAT."""
BEDS = HOSPITAL.index("beds")
RULES = "send", "plans", "destination"
"""The sections that rank; a policy's own are in `choosing`."""
HINTS: Mapping[Any, Mapping[str, Any]] = {
    kind: get_type_hints(kind, include_extras=True) for kind in (Need, UnitNow, Task, HospitalNow, Rules)
}
PLACES = frozenset({"position", "station", "scene", "hospital"})


def _rows_of(columns: Sequence[str]) -> Callable[[Any], list[Any]]:
    """Things in rows of these columns: places and tasks in rows of their own, all else as it is."""
    values: Callable[[Any], tuple[Any, ...]] = attrgetter(*columns)
    inner = [i for i, name in enumerate(columns) if name in PLACES or name == "task"]

    def row_of(thing: Any) -> list[Any]:
        row = list(values(thing))
        for i in inner:
            if row[i] is not None:
                row[i] = _plain(row[i])
        return row

    return row_of


_street_row = attrgetter("lat", "lon", "map_version", "edge", "along_m", "direction", "gap_m")
_need_row, _unit_row, _task_row, _hospital_row = map(_rows_of, (NEED, UNIT, TASK, HOSPITAL))


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
        "need": dict(zip(NEED, _need_row(need), strict=True)),
        "units": [_unit_row(unit) for unit in fleet],
        "hospitals": _written_hospitals(hospitals, need.needs.bed_kind),
        "rules": _written_rules(rules, need),
        "choosing": choosing,
    }


def _plain(thing: Any) -> Any:
    """A place or a task as a row; everything else as it is."""
    kind = type(thing)
    if kind is Position:
        return thing.lat, thing.lon
    if kind is OnStreet:
        return _street_row(thing)
    return _task_row(thing) if kind is Task else thing


class _RulesInLetters:
    """The rules of a desk stand for months and are written with every decision: once a plan will do. Two
    threads at most write them both."""

    def __init__(self) -> None:
        self._last: tuple[Rules | None, dict[int, msgspec.Raw]] = None, {}

    def __call__(self, rules: Rules, need: Need) -> msgspec.Raw:
        """Of the plans the one that is filled."""
        last, letters = self._last
        if last is not rules:
            self._last = rules, letters = rules, {}
        plan = whole_plan(rules.plans.plan, need.plan, need.determinant, need.priority)
        which = id(plan)  # which the rules hold
        if which not in letters:
            told = {section: getattr(rules, section) for section in RULES}
            told["plans"] = replace(rules.plans, plan=() if plan is None else (plan,))
            letters[which] = msgspec.Raw(msgspec.json.encode(told, enc_hook=dict, order="sorted"))
        return letters[which]


_written_rules = _RulesInLetters()


def _written_hospitals(hospitals: Sequence[HospitalNow], bed_kind: str | None) -> msgspec.Raw:
    """Of the beds those of the kind that is wanted."""
    letters: dict[str | None, msgspec.Raw] = _rows_before.of(hospitals)
    if bed_kind not in letters:
        rows = [_hospital_row(each) for each in hospitals]
        for row in rows:
            row[BEDS] = {bed_kind: row[BEDS][bed_kind]} if bed_kind in row[BEDS] else {}
        letters[bed_kind] = msgspec.Raw(msgspec.json.encode(rows))
    return letters[bed_kind]


_rows_before = AsBefore()


class Read(msgspec.Struct, frozen=True):
    """The inputs of one stored advice, as things again. Satisfies `dispatch.advise.LivePicture`."""

    format: int
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
    if inputs.get("format") not in READABLE:
        raise CannotRead("The decision was stored by another version of Vigil, without all that made it.")
    try:
        return Read(
            format=inputs["format"],
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
