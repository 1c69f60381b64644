"""Any order there is, made of numbers: the whole command set, found by looking into `dispatch.handlers`.

A new command takes part by itself as long as its fields are called as everybody calls them; one whose field
nobody can fill is told by name, so that no command is forgotten.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import dispatch.handlers
from dispatch.application import DispatchLog
from dispatch.commands import Outcome
from dispatch.handlers.assign_unit import AssignUnit
from dispatch.handlers.enter_patients import NewPatient
from domain.base import Aggregate
from domain.incident import Incident
from domain.run import Run
from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from domain.values import Act, BedCount, BedKind, Duty, Milestone, Position
from tests.builders import HERE, an_id

T = TypeVar("T")
Handler = Callable[[Any, Any], Outcome]

AT_THE_START = {"SetUpCity"}
"""Orders that no person gives: the wiring does, before the first one."""


def every_command() -> dict[type, Handler]:
    """Each command with its handler, in the order of their names."""
    found: dict[type, Handler] = {}
    for module in pkgutil.iter_modules(dispatch.handlers.__path__):
        room = importlib.import_module(f"dispatch.handlers.{module.name}")
        for _, handler in inspect.getmembers(room, inspect.isfunction):
            if handler.__module__ != room.__name__:
                continue
            hint = get_type_hints(handler).get("command")
            if is_dataclass(hint) and "act" in {each.name for each in fields(hint)}:
                found[hint] = handler
    return dict(sorted(found.items(), key=lambda each: each[0].__name__))


class Chooser:
    """Chooses by numbers, one a choice, from the beginning again when they run out: small numbers choose
    what stands first, so that a failing shift shrinks to a plain one."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers, self._place = numbers, 0

    def number(self) -> int:
        self._place += 1
        return self._numbers[(self._place - 1) % len(self._numbers)]

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number() % len(options)]

    def seldom(self) -> bool:
        return self.number() % 8 == 7


@dataclass
class Orders:
    """Draws orders that mostly make sense in the world as it stands.

    things : ids of all that was ever made, by kind, the newest last
    given  : the orders that were carried out, by kind
    """

    log: DispatchLog
    units: Sequence[str]
    hospitals: Sequence[str]
    now: datetime
    things: dict[str, list[UUID]] = field(default_factory=dict)
    given: dict[str, list[Any]] = field(default_factory=dict)
    count: int = 0

    def learn(self, command: Any, changed: Sequence[Aggregate]) -> None:
        """What an order made or changed is there for the next ones, and so is what it named."""
        for thing in changed:
            self._note(type(thing).__name__, thing.id)
        for each in fields(command):
            said = getattr(command, each.name)
            if each.name.endswith("_id") and isinstance(said, UUID):
                self._note(_as_kind(each.name.removesuffix("_id")), said)
        self.given.setdefault(type(command).__name__, []).append(command)

    def _note(self, kind: str, its_id: UUID) -> None:
        ids = self.things.setdefault(kind, [])
        if its_id not in ids:
            ids.append(its_id)

    def told(self, kind: str, name: str, otherwise: Any) -> Any:
        """What the last order of a kind said in a field."""
        return getattr(self.given[kind][-1], name) if kind in self.given else otherwise

    def act(self, chooser: Chooser) -> Act:
        """A minute after the order before; sometimes it happened a little earlier than it was heard."""
        self.count += 1
        self.now += timedelta(minutes=chooser.one_of([1, 1, 1, 1, 1, 3, 20, 61]))
        ago = timedelta(minutes=chooser.one_of([0, 0, 0, 0, 0, 0, 1, 3]))
        order = an_id(f"order {self.count}")
        return Act(self.now - ago, self.now, "somebody", order, order)

    def can(self, kind: type) -> bool:
        """Whether there is one of each thing that such an order has to name."""
        return all(
            self.things.get(_as_kind(name.removesuffix("_id"))) or (kind.__name__, name[:-3]) in MAKES
            for name, hint in get_type_hints(kind).items()
            if name.endswith("_id") and hint is UUID and _as_kind(name[:-3]) in KEPT
        )

    def draw(self, kind: type, chooser: Chooser) -> Any:
        """An order of this kind. Raises KeyError naming the field nobody can fill."""
        hints = get_type_hints(kind)
        drawn: dict[str, Any] = {"act": self.act(chooser)}
        for each in fields(kind):
            if each.name == "act":
                continue
            has_default = each.default is not MISSING or each.default_factory is not MISSING
            if has_default and chooser.number() % 2:
                continue
            drawn[each.name] = self.value(kind, each.name, hints[each.name], chooser, drawn)
        return kind(**drawn)

    # --- by name, then by type ----------------------------------------------------------------

    def value(self, kind: type, name: str, hint: Any, chooser: Chooser, drawn: Mapping[str, Any]) -> Any:
        own = BY_NAME.get(f"{kind.__name__}.{name}") or BY_NAME.get(name)
        if own is not None:
            return own(self, chooser, drawn)
        if name.endswith("_id") and hint in (UUID, UUID | None):
            return self._named(kind, name.removesuffix("_id"), chooser)
        return self._by_type(kind, name, hint, chooser)

    def _named(self, kind: type, stem: str, chooser: Chooser) -> UUID:
        """One that is there, mostly of the newest, or a fresh id: whoever makes a thing wants that."""
        known = self.things.get(_as_kind(stem), [])
        fresh_wanted = (kind.__name__, stem) in MAKES
        odd = chooser.seldom()
        if known and fresh_wanted == odd:
            return chooser.one_of(known[:-4:-1] if chooser.number() % 4 else known)
        return an_id(f"{stem} {self.count}")

    def _by_type(self, kind: type, name: str, hint: Any, chooser: Chooser) -> Any:
        if get_origin(hint) in (Union, UnionType):
            options = [each for each in get_args(hint) if each is not NoneType]
            if NoneType in get_args(hint) and chooser.number() % 2:
                return None
            return self.value(kind, name, options[0], chooser, {})
        if get_origin(hint) is Literal:
            return chooser.one_of(get_args(hint))
        if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
            inner = get_args(hint)[0]
            return tuple(self._by_type(kind, name, inner, chooser) for _ in range(1 + chooser.number() % 2))
        if inspect.isclass(hint) and issubclass(hint, Enum):
            return chooser.one_of(list(hint))
        if hint in BY_TYPE:
            return BY_TYPE[hint](self, chooser)
        if is_dataclass(hint):
            hints = get_type_hints(hint)
            return hint(
                **{
                    each.name: self.value(kind, each.name, hints[each.name], chooser, {})
                    for each in fields(hint)
                }
            )
        raise KeyError(f"nobody knows what to say for {kind.__name__}.{name}: {hint}")

    def some(self, kind: str, chooser: Chooser, merged: bool = False) -> UUID:
        """One of the kind that is there, of incidents one that was merged if any is; else nobody's id."""
        known = self.things.get(kind, [])
        there = [found for each in known if merged and (found := self.log.find(Incident, each))]
        gone = [incident.id for incident in there if incident.merged_into is not None]
        return chooser.one_of(gone or known or [an_id(f"no {kind} {self.count}")])

    def run(self, drawn: Mapping[str, Any]) -> Run | None:
        return self.log.find(Run, drawn["run_id"]) if "run_id" in drawn else None


def _as_kind(stem: str) -> str:
    """The class that an id is of: "bed_ledger" is a BedLedger."""
    return stem.title().replace("_", "")


def _sending(orders: "Orders", chooser: Chooser, drawn: Mapping[str, Any]) -> AssignUnit:
    """As a part of another order: by its act, for its incident."""
    orders.count += 1
    hints = get_type_hints(AssignUnit)
    said = {"act": drawn["act"], "run_id": an_id(f"run {orders.count}")}
    if "incident_id" in drawn:
        said["incident_id"] = drawn["incident_id"]
    for each in fields(AssignUnit):
        if each.name not in said and each.default is MISSING:
            said[each.name] = orders.value(AssignUnit, each.name, hints[each.name], chooser, said)
    return AssignUnit(**said)


def _sendings(orders: "Orders", chooser: Chooser, drawn: Mapping[str, Any]) -> tuple[AssignUnit, ...]:
    return tuple(_sending(orders, chooser, drawn) for _ in range(chooser.number() % 3))


def _milestone(orders: Orders, chooser: Chooser, drawn: Mapping[str, Any]) -> str:
    """Mostly onwards, as crews report."""
    run = orders.run(drawn)
    expected = run.allowed() if run is not None else ()
    onwards = tuple(each for each in expected if each not in ("declined", "stood_down"))
    options = onwards or expected or tuple(Milestone)
    return chooser.one_of(tuple(Milestone) if chooser.seldom() else options).value


def _stretch(orders: Orders, chooser: Chooser) -> Stretch:
    return Stretch("point", ((HERE.lat + chooser.number() % 10 / 1e4, HERE.lon),))


def _told(*options: Any) -> Callable[[Orders, Chooser, Mapping[str, Any]], Any]:
    return lambda orders, chooser, drawn: chooser.one_of(options)


MAKES = {
    ("ReceiveCall", "call"),
    ("OpenIncident", "incident"),
    ("AssignUnit", "run"),
    ("NoteIncident", "note"),
    ("SoundSos", "alarm"),
    ("CheckIn", "alarm"),
    ("RaisePrompt", "prompt"),
    ("EnterPatients", "patient"),
    ("RequestTransfer", "transfer"),
    *(("BeginTransfer", stem) for stem in ("call", "incident")),
    *(("DecideTransfer", stem) for stem in ("call", "incident")),
    ("InstructCall", "instruction"),
    ("RecordSafetyCall", "safety_call"),
    ("SendResponse", "response"),
}
"""Orders that want a fresh id, and of what; all others name what is there."""

KEPT = {"Call", "Incident", "Run", "Patient", "Transfer", "Alarm", "Prompt"}
"""Kinds of things an order may have to name; their ids are learned as they are made."""

CARD = """
id = "{name}"
version = {version}
signed_off = false
title = {{ vi = "Thẻ", en = "Card" }}
otherwise = "{name}_unwell"
question = []
rule = []
[determinant.{name}_unwell]
title = {{ vi = "Mệt", en = "Unwell" }}
priority = "P3"
"""

BY_NAME: dict[str, Callable[[Orders, Chooser, Mapping[str, Any]], Any]] = {
    "unit": lambda orders, chooser, drawn: chooser.one_of(orders.units),
    "callsign": lambda orders, chooser, drawn: chooser.one_of(orders.units),
    "hospital_id": lambda orders, chooser, drawn: chooser.one_of([*orders.hospitals * 4, "nowhere"]),
    "bed_kind": _told("EmergencyDepartment", "EmergencyDepartment", "EmergencyDepartment", "Burn"),
    "bed_kinds": _told(("EmergencyDepartment",)),
    "milestone": _milestone,
    "priority": _told("P1", "P2", "P3", "P4", "P9"),
    "determinant": _told(None, None, "stroke", "unheard-of"),
    "phone": _told("0901234567", "0901234567", "115", "?"),
    "protocol": _told("general", "general", "general", "unheard-of"),
    "answers": _told({"problem": "stroke"}, {}, {"breathing": "none"}, {"problem": "boredom"}),
    "decision_id": _told(None),
    "advice": _told(None),
    "city_id": _told("hcmc"),
    "happened_at": lambda orders, chooser, drawn: (
        orders.now + timedelta(minutes=chooser.one_of([-1, -2, -10, 0, 5]))
    ),
    "until": lambda orders, chooser, drawn: orders.now + timedelta(hours=chooser.one_of([1, 8, -1, 25])),
    "from_hospital_id": lambda orders, chooser, drawn: chooser.one_of(orders.hospitals),
    "to_hospital_id": lambda orders, chooser, drawn: chooser.one_of(orders.hospitals),
    "packet": _told({}, {"condition": "thở máy"}),
    "EnterPatients.patients": lambda orders, chooser, drawn: tuple(
        NewPatient(an_id(f"patient {orders.count} {place}"), category=chooser.one_of(["red", "green", None]))
        for place in range(chooser.number() % 4)
    ),
    "category": _told("red", "yellow", None, "pink"),
    "method": _told("start", "jumpstart", "guess"),
    "findings": _told({"walks": True}, {"walks": False, "breathing": True, "rate": 40}, {}, {"colour": 1}),
    "EndPatient.outcome": _told("refused", "dead", "flown away"),
    "answer": _told("accept", "redirect", "perhaps"),
    "hours": _told({"trauma": ("07:00-17:00",)}, {}, {"trauma": ("all day",)}),
    "service": _told("trauma", "stroke", "unheard-of"),
    "services": _told((), ("trauma",), ("EmergencyDepartment",), ("unheard-of",)),
    "beds": lambda orders, chooser, drawn: {
        "EmergencyDepartment": BedCount(1 + chooser.number() % 4, chooser.number() % 3)
    },
    "duty": _told(Duty.ON_DUTY, Duty.ON_DUTY, Duty.OFF_DUTY, Duty.OUT_OF_SERVICE),
    "patients": _told(1, 1, 1, 3, 0),
    "factor": _told(0.5, 1.0),
    "outcome": _told("no_emergency", "nobody_found", None, "unheard-of"),
    "CloseAlarm.outcome": _told("safe", "helped", "unheard-of"),
    "ReportMilestone.outcome": _told(None, None, None, "treated_on_scene", "unheard-of"),
    "AcknowledgeAlarm.callsign": lambda orders, chooser, drawn: orders.told("SoundSos", "callsign", "C1"),
    "CloseAlarm.callsign": lambda orders, chooser, drawn: orders.told("SoundSos", "callsign", "C1"),
    "ReturnUnit.callsign": lambda orders, chooser, drawn: orders.told("WithdrawUnit", "callsign", "C1"),
    "move": _told("arrived_scene", "left_scene", "arrived_hospital", "left_hospital", "danced"),
    "finding": _told("unchanged", "worse", "better", "no_answer", "perhaps"),
    "proposed": _told(None, "binh-dan"),
    "tag": _told(None, None, "T1"),
    "age_band": _told(None, "child", "aged"),
    "sex": _told(None, "F", "M"),
    "of": _told(None),
    "text": lambda orders, chooser, drawn: (
        CARD.format(name="card", version=1 + chooser.number() % 3)
        if "protocol" in drawn
        else chooser.one_of(["lý do", "lý do", "x" * 3000, " "])
    ),
    "PublishProtocol.protocol": _told("card", "card", "general"),
    "InstructCall.protocol": _told("cpr"),
    "InstructCall.determinant": _told("cpr_adult"),
    "step": _told("1", "2", "unheard-of"),
    "began_at": lambda orders, chooser, drawn: drawn["act"].at,
    "InstructCall.ended_at": lambda orders, chooser, drawn: drawn["act"].at if chooser.number() % 2 else None,
    "order": _sending,
    "orders": _sendings,
    "bedless": _sendings,
    "advised": _told(None),
    "said": _told(()),
    "runs": _told(()),
    "policies": _told({"P1": "closest"}, {"P2": "dmexclp"}, {"P1": "unheard-of"}),
    "into": lambda orders, chooser, drawn: orders.some("Incident", chooser),
    "callback_id": lambda orders, chooser, drawn: orders.some("Caller", chooser),
    "UnmergeIncident.incident_id": lambda orders, chooser, drawn: orders.some(
        "Incident", chooser, merged=True
    ),
    "CallBack.outcome": _told("reached", "no_answer", "perhaps"),
    "CloseCall.outcome": _told("nuisance", "silent", None, "unheard-of"),
    "source": _told("gazetteer", "map", "guess"),
    "confidence": _told(None, 0.95, 0.4, 7.0),
}

BY_TYPE: dict[Any, Callable[[Orders, Chooser], Any]] = {
    str: lambda orders, chooser: chooser.one_of(["lý do"] * 6 + ["x" * 300, " "]),
    bool: lambda orders, chooser: bool(chooser.number() % 2),
    int: lambda orders, chooser: chooser.one_of([1, 2, 3, 0, 1000]),
    float: lambda orders, chooser: chooser.one_of([0.5, 1.0, 60.0, 0.0]),
    datetime: lambda orders, chooser: orders.now + timedelta(minutes=chooser.one_of([-1, 0, 30, -600])),
    timedelta: lambda orders, chooser: timedelta(minutes=chooser.one_of([1, 30, 600])),
    UUID: lambda orders, chooser: an_id(f"thing {orders.count}"),
    Position: lambda orders, chooser: Position(HERE.lat + chooser.number() % 10 / 1e4, HERE.lon),
    BedKind: lambda orders, chooser: chooser.one_of(list(BedKind)),
    Stretch: _stretch,
    Closure: lambda orders, chooser: Closure(
        an_id(f"closure {chooser.number() % 4}"), _stretch(orders, chooser), "ngập"
    ),
    Slowing: lambda orders, chooser: Slowing(
        an_id(f"slowing {chooser.number() % 4}"), _stretch(orders, chooser), 0.5, "kẹt"
    ),
    SpeedReport: lambda orders, chooser: SpeedReport(_stretch(orders, chooser), 20.0, orders.now, 90.0),
}
