"""Crews who need help: the call itself, the checks at the scene, and what a dispatcher does about it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.centre import Centre
from api.dependencies import Desk, FieldWorker, TheCentre
from api.hand import TheHand, now
from api.room import Room
from api.schema import answers
from api.schema.assignment_parts import CrewAlarmRow
from api.schema.assignments import AlarmEnd, NewDanger, NewSos, WelfareAnswer
from api.schema.orders import Place
from dispatch.handlers.crew_alarms import (
    AcknowledgeAlarm,
    CheckIn,
    CloseAlarm,
    SoundSos,
    acknowledge_alarm,
    check_in,
    close_alarm,
    sound_sos,
)
from dispatch.handlers.tell_danger import TellDanger, tell_danger
from domain.assignment_errors import UnknownAlarm
from domain.base import natural_id
from domain.errors import BadPosition
from domain.values import Position

router = Room(tags=["crew safety"])

SHOWN = timedelta(hours=12)


@router.post("/units/{callsign}/sos", status_code=201)
def sos(callsign: str, body: NewSos, hand: TheHand, account: FieldWorker, centre: TheCentre) -> answers.Done:
    """Help is needed. Pressed again while it stands it is the same alarm; the newest place counts.

    A time or a place that cannot be refuses nothing: then it is now, and the place is not known.
    """
    insist_on_unit(account, callsign)
    alarm_id = _own_id(body.id, callsign, centre)
    at = body.at.isoformat() if body.at else None
    act = hand.act(*(("sos", callsign, body.id, at) if body.id else ()), at=body.at, for_help=True)
    place = _if_it_can_be(body.position)
    return answers.Done(**centre.order(SoundSos(act, alarm_id, callsign, place, body.note), sound_sos))


@router.get("/crew-alarms")
def crew_alarms(account: SignedIn, centre: TheCentre) -> list[CrewAlarmRow]:
    """Those that stand, the oldest first, and behind them those closed in the last twelve hours."""
    rows = lens.through(account, "crew_alarms", centre.views.rows("crew_alarms"))
    moment = now()
    seen = [CrewAlarmRow.model_validate(row) for row in rows if _wanted(row, moment)]
    return sorted(seen, key=lambda row: (row.status == "closed", row.since, row.id))


@router.post("/crew-alarms/{alarm_id}/acknowledge")
def acknowledge(alarm_id: UUID, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """Somebody takes it up; the alarm goes on standing until it is closed."""
    callsign = _whose(alarm_id, centre)
    act = hand.act("acknowledge_alarm", alarm_id)
    return answers.Done(**centre.order(AcknowledgeAlarm(act, callsign, alarm_id), acknowledge_alarm))


@router.post("/crew-alarms/{alarm_id}/close")
def close(alarm_id: UUID, body: AlarmEnd, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """How it ended. Only what somebody acknowledged can be closed."""
    callsign = _whose(alarm_id, centre)
    command = CloseAlarm(hand.act(), callsign, alarm_id, body.outcome, body.note)
    return answers.Done(**centre.order(command, close_alarm))


@router.post("/runs/{run_id}/welfare")
def welfare(
    run_id: UUID, body: WelfareAnswer, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """The crew at the scene says that all is well; or that it is not, which is a call for help."""
    insist_on_unit(account, centre.desk.log.run(run_id).callsign)
    act = hand.act(at=body.at, about=run_id, for_help=not body.ok)
    return answers.Done(**centre.order(CheckIn(act, run_id, body.ok, uuid4(), body.note), check_in))


@router.put("/incidents/{incident_id}/danger")
def danger(incident_id: UUID, body: NewDanger, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """The scene threatens those who go there: they are asked more often whether all is well."""
    command = TellDanger(hand.act(about=incident_id), incident_id, body.danger)
    return answers.Done(**centre.order(command, tell_danger))


def _own_id(told: UUID | None, callsign: str, centre: TheCentre) -> UUID:
    """The id the crew chose. Where it is that of another crew's alarm, one of its own: neither is refused,
    and neither takes the other's place on the desks."""
    if told is None:
        return uuid4()
    row = centre.views.row("crew_alarms", str(told))
    return told if row is None or row["callsign"] == callsign else natural_id("alarms", callsign, told)


def _if_it_can_be(told: Place | None) -> Position | None:
    """A phone without satellites may say 0, 0."""
    try:
        return told.position() if told else None
    except BadPosition:
        return None


def _whose(alarm_id: UUID, centre: Centre) -> str:
    row = centre.row("crew_alarms", str(alarm_id))
    if row is None:
        raise UnknownAlarm(alarm_id=alarm_id)
    return str(row["callsign"])


def _wanted(row: dict[str, Any], moment: datetime) -> bool:
    return row["closed_at"] is None or moment - datetime.fromisoformat(row["closed_at"]) < SHOWN
