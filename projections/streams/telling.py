"""From one event of a centre's log to what the folds hear of it.

An event travels keyed by its aggregate. What concerns that run or incident alone is folded where it arrives;
the rest is forwarded to the key it concerns: a unit, a place, a centre.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import convert
from msgspec.structs import replace

from domain.values import Duty
from projections.streams.effects import Forward
from projections.streams.messages import (
    BoundTold,
    CallTold,
    DiversionTold,
    DutyTold,
    Envelope,
    IncidentTold,
    LedgerTold,
    Moment,
    PlaceTold,
    RunTold,
    SentTold,
    StageTold,
)

Tell = Callable[[Envelope], list[Forward]]
HERE = frozenset({"runs", "incidents"})
"""Folds whose key is the aggregate's: their messages need not travel again. So are those of scenes."""


def tell(event: Envelope) -> list[Forward]:
    """What to tell whom; nothing for an event that no stream asks about.

    Raises KeyError, ValueError or msgspec.ValidationError where the event lacks what its topic promises.
    """
    told = TOPICS.get(event.topic)
    if told is None or event.data is None:
        return []
    return told(event)


def stays(forward: Forward) -> bool:
    """Whether the message is of the same key as the event it came from."""
    return forward.fold in HERE or (forward.fold == "places" and "/scene/" in forward.key)


def _word(said: Any) -> str | None:
    """What is folded where it arrives nobody checks again, and its state must be read back."""
    if said is None or isinstance(said, str):
        return said
    raise TypeError(f"{said!r} is no word")


def _number(said: Any) -> int | None:
    if said is None or (isinstance(said, int) and not isinstance(said, bool)):
        return said
    raise TypeError(f"{said!r} is no number")


def _call(event: Envelope) -> list[Forward]:
    return [Forward("figures", event.centre, CallTold(event.centre, event.id, event.at))]


def _duty(duty: Duty) -> Tell:
    def tell_duty(event: Envelope) -> list[Forward]:
        callsign = str(event.said["callsign"])
        message = DutyTold(event.centre, callsign, event.seq, event.at, str(duty))
        return [Forward("fleet", f"{event.centre}/{callsign}", message)]

    return tell_duty


def _sent(event: Envelope) -> list[Forward]:
    """A unit was assigned, or freed."""
    callsign, assigned = str(event.said["callsign"]), event.topic == "Unit.Assigned"
    message = SentTold(
        event.centre,
        callsign,
        event.seq,
        event.at,
        run_id=str(event.said["run_id"]) if assigned else None,
        incident_number=_number(event.said.get("incident_number")) if assigned else None,
    )
    return [Forward("fleet", f"{event.centre}/{callsign}", message)]


def _run(what: str) -> Tell:
    def tell_run(event: Envelope) -> list[Forward]:
        data = event.said
        callsign = str(data["callsign"])
        milestone = "assigned" if what == "assigned" else _word(data.get("milestone"))
        message = RunTold(
            centre=event.centre,
            run_id=event.id,
            version=event.version,
            seq=event.seq,
            at=event.at,
            what=what,
            incident_id=str(data["incident_id"]),
            incident_number=int(data["incident_number"]),
            callsign=callsign,
            milestone=milestone,
            hospital_id=_word(data.get("hospital_id")),
        )
        told = [Forward("runs", f"{event.centre}/{event.id}", message)]
        if what == "progressed":
            stage = StageTold(event.centre, callsign, event.seq, event.at, event.id, str(milestone))
            told.append(Forward("fleet", f"{event.centre}/{callsign}", stage))
        return told

    return tell_run


def _undone(event: Envelope) -> list[Forward]:
    """The run stands at an earlier milestone again. A mistaken assignment ends in words of its own."""
    data = event.said
    if data["back_to"] is None:
        return []
    then = convert(data["back_at"], Moment)
    earlier = replace(event, at=then, data={**data, "milestone": data["back_to"]})
    return _run("progressed")(earlier)


def _corrected(event: Envelope) -> list[Forward]:
    """A milestone was reached at another time than was told."""
    return _run("corrected")(replace(event, at=convert(event.said["happened_at"], Moment)))


def _moved(event: Envelope) -> list[Forward]:
    """Its incident was merged into another. That its unit is bound there now, the incidents tell."""
    data = {name: fact for name, fact in event.said.items() if name != "milestone"}
    return _run("moved")(replace(event, data=data))


def _incident(what: str) -> Tell:
    def tell_incident(event: Envelope) -> list[Forward]:
        data = event.said
        message = IncidentTold(
            centre=event.centre,
            incident_id=event.id,
            version=event.version,
            seq=event.seq,
            at=event.at,
            what=what,
            number=_number(data.get("number")),
            priority=_word(data.get("priority")),
            run_id=_word(data.get("run_id")),
            outcome=_word(data.get("outcome")),
        )
        told = [Forward("incidents", f"{event.centre}/{event.id}", message)]
        if what == "opened":
            told += _scene(event)
        if what in ("run_opened", "run_ended"):
            told.append(_bound_for_scene(event, what == "run_opened"))
        return told

    return tell_incident


def _scene(event: Envelope) -> list[Forward]:
    return [_place(event, "scene", event.id)]


def _listed(event: Envelope) -> list[Forward]:
    return [_place(event, "hospital", str(event.said["hospital_id"]))]


def _place(event: Envelope, kind: str, place_id: str) -> Forward:
    position: Mapping[str, Any] = event.said["position"]
    facts = {
        "centre": event.centre,
        "kind": kind,
        "place_id": place_id,
        "seq": event.seq,
        "at": event.at,
        "lat": position["lat"],
        "lon": position["lon"],
        "type": "PlaceTold",
    }
    return Forward("places", f"{event.centre}/{kind}/{place_id}", convert(facts, PlaceTold))


def _bound_for_scene(event: Envelope, bound: bool) -> Forward:
    message = BoundTold(
        centre=event.centre,
        kind="scene",
        place_id=event.id,
        run_id=str(event.said["run_id"]),
        incident_id=event.id,
        callsign=str(event.said["callsign"]),
        seq=event.seq,
        at=event.at,
        bound=bound,
    )
    return Forward("places", f"{event.centre}/scene/{event.id}", message)


def _ledger(what: str) -> Tell:
    def tell_ledger(event: Envelope) -> list[Forward]:
        data = event.said
        message = LedgerTold(
            centre=event.centre,
            hospital_id=str(data["hospital_id"]),
            kind=str(data["kind"]),
            version=event.version,
            at=event.at,
            what=what,
            staffed=int(data.get("staffed", 0)),
            occupied=int(data.get("occupied", 0)),
            blocked=int(data.get("blocked", 0)),
            patients=int(data.get("patients", 0)),
            run_id=_word(data.get("run_id")),
        )
        return [Forward("capacity", event.centre, message)]

    return tell_ledger


def _diversion(event: Envelope) -> list[Forward]:
    until = event.said["until"] if event.topic == "Hospital.DiversionStarted" else None
    message = DiversionTold(
        event.centre,
        str(event.said["hospital_id"]),
        event.version,
        event.at,
        convert(until, Moment | None),
    )
    return [Forward("capacity", event.centre, message)]


TOPICS: dict[str, Tell] = {
    "Call.Received": _call,
    "Unit.WentOnDuty": _duty(Duty.ON_DUTY),
    "Unit.WentOffDuty": _duty(Duty.OFF_DUTY),
    "Unit.TakenOutOfService": _duty(Duty.OUT_OF_SERVICE),
    "Unit.Assigned": _sent,
    "Unit.Freed": _sent,
    "Run.Assigned": _run("assigned"),
    "Run.Progressed": _run("progressed"),
    "Run.Redirected": _run("redirected"),
    "Run.Corrected": _corrected,
    "Run.Moved": _moved,
    "Run.Undone": _undone,
    "Incident.Opened": _incident("opened"),
    "Incident.Reprioritised": _incident("reprioritised"),
    "Incident.Relocated": _scene,
    "Incident.RunOpened": _incident("run_opened"),
    "Incident.RunEnded": _incident("run_ended"),
    "Incident.Closed": _incident("closed"),
    "Incident.Merged": _incident("closed"),
    "Incident.Unmerged": _incident("reopened"),
    "Hospital.Listed": _listed,
    "Hospital.DiversionStarted": _diversion,
    "Hospital.DiversionEnded": _diversion,
    "BedLedger.Opened": _ledger("opened"),
    "BedLedger.Reported": _ledger("reported"),
    "BedLedger.ArrivedSince": _ledger("arrived_since"),
    "BedLedger.ArrivalUndone": _ledger("arrived_since"),
    "BedLedger.Held": _ledger("held"),
    "BedLedger.Prolonged": _ledger("held"),
    "BedLedger.Released": _ledger("released"),
    "BedLedger.Expired": _ledger("released"),
    "BedLedger.Consumed": _ledger("consumed"),
}
