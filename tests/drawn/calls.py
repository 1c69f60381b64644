"""Words of orders about calls: who rings, who listens, and what becomes of it."""

from datetime import timedelta
from typing import Any

from dispatch.handlers.enter_calls import not_entered
from domain.call import Call
from domain.caller import Caller
from domain.incident import Incident
from tests.drawn.chooser import Chooser
from tests.drawn.words import Fit, Said, Word, fresh, in_minutes, mostly, one
from tests.drawn.world import World

NUISANCE = "0966666666"
"""A number whose calls are closed rather than answered, so that it comes to be suspected."""


def talking(call: Call) -> bool:
    return call.closed_reason is None


def waiting(call: Call) -> bool:
    return talking(call) and call.incident_id is None


def waits_for_help(call: Call, world: World, said: Said) -> bool:
    return waiting(call) and call.phone != NUISANCE


def in_company(call: Call, world: World, said: Said) -> bool:
    """In an incident that other calls tell of as well."""
    incident = world.find(Incident, call.incident_id)
    return incident is not None and len(incident.call_ids) > 1


def _when_it_rang(world: World, chooser: Chooser, said: Said) -> Any:
    return said["act"].at - timedelta(seconds=chooser.one_of([20, 60, 20, -60]))


def any_call(call: Call, world: World, said: Said) -> bool:
    return talking(call)


open_call = one(Call, lambda call, world, said: waiting(call))
answered_call = one(Call, any_call)

WORDS: dict[str, Word] = {
    "phone": mostly("0901234567", "0977000111", NUISANCE, NUISANCE, odd=("115", "?")),
    "complaint": mostly("Đau ngực", "Té xe", odd=(" ", "x" * 3000)),
    "source": mostly("gazetteer", "map", odd=("guess",)),
    "confidence": mostly(None, 0.95, 0.4, odd=(7.0,)),
    "ambiguous": mostly(False, False, False, True),
    "ReceiveCall.call_id": fresh("call"),
    "ClaimCall.call_id": open_call,
    "ReleaseCall.call_id": one(Call, lambda call, world, said: call.claimed_by is not None),
    "RaiseCall.call_id": one(Call, lambda call, world, said: talking(call) and call.suspected is not None),
    "LocateCall.call_id": answered_call,
    "TriageCall.call_id": answered_call,
    "InstructCall.call_id": answered_call,
    "ReferCall.call_id": answered_call,
    "JoinCall.call_id": one(Call, waits_for_help),
    "SeparateCall.call_id": one(Call, in_company),
    "CloseCall.call_id": one(Call, lambda call, world, said: waiting(call) and call.phone == NUISANCE),
    "CloseCall.outcome": mostly("nuisance", "nuisance", "nuisance", "silent", None, odd=("unheard-of",)),
    "EnterCalls.call_ids": Fit(
        lambda world: world.newest(Call),
        lambda call, world, said: not_entered((call.id,), world.desk),  # one that begins a transfer
        lambda call: call.id,
        then=lambda named, world, chooser, said: (named,),
    ),
    "protocol": mostly("general", odd=("unheard-of",)),
    "answers": mostly(
        {"problem": "stroke"}, {}, {"breathing": "none"}, {"problem": "no_emergency"}, odd=({"problem": "?"},)
    ),
    "InstructCall.instruction_id": fresh("instruction"),
    "InstructCall.protocol": mostly("cpr"),
    "InstructCall.determinant": mostly("cpr_adult"),
    "step": mostly("1", "2", odd=("unheard-of",)),
    "began_at": lambda world, chooser, said: said["act"].at,
    "InstructCall.ended_at": lambda world, chooser, said: chooser.one_of([None, said["act"].at]),
    "ReportMissedCall.missed_id": fresh("missed call"),
    "ReportMissedCall.phone": mostly("0977000111", "0988000222", odd=("?",)),
    "rang_at": _when_it_rang,
    "ended_at": lambda world, chooser, said: said["act"].at,
    "callback_id": Fit(
        lambda world: world.newest(Caller),
        lambda caller, world, said: caller.missed,
        lambda caller: caller.id,
    ),
    "CallBack.outcome": mostly("reached", "no_answer", "nuisance", odd=("perhaps",)),
    "until": in_minutes(60, 480, -1, 1500),
}
