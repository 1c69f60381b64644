"""Words of orders about units and their crews: duty, shifts, posts, and whether all is well."""

from datetime import timedelta
from typing import Any

from domain.crew_message import CrewMessage
from domain.crew_safety import CrewSafety
from domain.desk_alarm import DeskAlarm
from domain.incident import Incident
from domain.move_up import MoveUp
from domain.run import Run
from domain.unit import Unit
from domain.values import Duty, Milestone
from tests.builders import HERE
from tests.drawn.chooser import Chooser
from tests.drawn.sending import free, named
from tests.drawn.words import Fit, Said, Word, fresh, in_minutes, mostly, one
from tests.drawn.world import World


def _may_sign(unit: Unit, world: World, said: Said) -> bool:
    return unit.run_id is None and unit.withdrawn is None


def _at_the_scene(run: Run, world: World, said: Said) -> bool:
    return run.milestone in (Milestone.ON_SCENE, Milestone.PATIENT_CONTACT)


def _crew(acknowledged: bool) -> Fit[CrewSafety]:
    """One whose alarm stands, and somebody took it up or not."""
    return Fit(
        lambda world: world.newest(CrewSafety),
        lambda crew, world, said: any(each.acknowledged is acknowledged for each in crew.standing.values()),
        lambda crew: crew.callsign,
        lambda world: "X9",
    )


def _alarm(acknowledged: bool) -> Word:
    def word(world: World, chooser: Chooser, said: Said) -> Any:
        crew = world.find(CrewSafety, CrewSafety.create_id(said["callsign"]))
        standing = crew.standing if crew is not None else {}
        meant = [its_id for its_id, alarm in standing.items() if alarm.acknowledged is acknowledged]
        over = list(crew.closed) if crew is not None and chooser.seldom() else []
        return chooser.one_of(sorted(over) or meant or [world.fresh("no alarm")])

    return word


def _to_a_post(world: World, chooser: Chooser, said: Said) -> MoveUp:
    """A proposal as it was shown: a new one, or one that was answered before."""
    unit = chooser.one_of([unit for unit in world.units() if free(unit)] or world.units())
    answered = [*unit.move_ups]
    its_id = chooser.one_of(answered) if answered and chooser.seldom() else world.fresh("move-up")
    return MoveUp(its_id, unit.callsign, "ben-thanh", "Bến Thành", HERE, 0.1, 0.7, 0.8, 300.0, 2500.0)


def _its_post(world: World, chooser: Chooser, said: Said) -> Any:
    """That which the unit was sent to last; seldom one of long ago."""
    unit = world.find(Unit, Unit.create_id(said["callsign"]))
    if unit is None or (unit.sent_to is None and not unit.move_ups):
        return world.fresh("move-up")
    return chooser.one_of([*unit.move_ups]) if unit.sent_to is None or chooser.seldom() else unit.sent_to


def _from_now(**later: float) -> Word:
    return lambda world, chooser, said: chooser.one_of([world.now + timedelta(**later), None])


def _standing(alarm: DeskAlarm, world: World, said: Said) -> bool:
    return not alarm.ended


any_unit = named(lambda unit, world, said: True)

WORDS: dict[str, Word] = {
    "callsign": any_unit,
    "SignUnit.callsign": named(_may_sign),
    "duty": mostly(Duty.ON_DUTY, Duty.OFF_DUTY, Duty.ON_DUTY, Duty.OUT_OF_SERVICE),
    "WithdrawUnit.callsign": named(_may_sign),
    "WithdrawUnit.until": in_minutes(60, 480, -1),
    "ReturnUnit.callsign": named(lambda unit, world, said: unit.withdrawn is not None),
    "on_since": _from_now(hours=-2),
    "ends_at": lambda world, chooser, said: world.now + timedelta(hours=-3 if chooser.seldom() else 6),
    "meal_due_at": _from_now(hours=1),
    "move_up": _to_a_post,
    "AnswerPost.callsign": named(lambda unit, world, said: unit.sent_to is not None),
    "AnswerPost.move_up_id": _its_post,
    "AnswerPost.going": mostly(True, False),
    "AnswerPost.reason": mostly("đường ngập", "xe hết xăng", odd=("",)),
    "alarm_id": fresh("alarm"),
    "AcknowledgeAlarm.callsign": _crew(acknowledged=False),
    "AcknowledgeAlarm.alarm_id": _alarm(acknowledged=False),
    "CloseAlarm.callsign": _crew(acknowledged=True),
    "CloseAlarm.alarm_id": _alarm(acknowledged=True),
    "CloseAlarm.outcome": mostly("safe", "helped", odd=("unheard-of",)),
    "EscalateAlarm.callsign": _crew(acknowledged=False),
    "EscalateAlarm.alarm_id": _alarm(acknowledged=False),
    "MessageCrew.callsign": named(lambda unit, world, said: unit.duty != Duty.OFF_DUTY),
    "MessageCrew.message_id": fresh("message"),
    "MessageCrew.words": mostly("cổng sau, tầng 3", "gọi lại trung tâm", odd=("", "a" * 301)),
    "ReadMessage.message_id": one(CrewMessage),
    "RaiseDeskAlarm.kind": mostly("waiting", "untaken", "handover", "unread", "service"),
    "RaiseDeskAlarm.level": mostly("red", "amber"),
    "RaiseDeskAlarm.since": in_minutes(-3, -1),
    "RaiseDeskAlarm.incident_id": one(Incident),
    "EscalateDeskAlarm.alarm_id": one(DeskAlarm, _standing),
    "EndDeskAlarm.alarm_id": one(DeskAlarm, _standing),
    "AcknowledgeDeskAlarm.alarm_id": one(DeskAlarm, _standing),
    "ShelveDeskAlarm.alarm_id": one(DeskAlarm, _standing),
    "ShelveDeskAlarm.until": in_minutes(10, 20, 30, 40, 50, 600),
    "UnshelveDeskAlarm.alarm_id": one(DeskAlarm, lambda alarm, world, said: alarm.shelved_until is not None),
    "MissCheck.run_id": one(Run, _at_the_scene),
    "CheckIn.run_id": one(Run, _at_the_scene),
}
