"""The part of the recorded session that tells of choosing: policies, posts, shifts, alarms, overrides."""

from dataclasses import replace

from dispatch.advice_behind import Advised
from dispatch.handlers.answer_move_up import (
    AcceptMoveUp,
    DeclineMoveUp,
    accept_move_up,
    decline_move_up,
)
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.choose_policies import ChoosePolicies, choose_policies
from dispatch.handlers.preempt_unit import PreemptUnit, preempt_unit
from dispatch.handlers.set_alarm_level import SetAlarmLevel, set_alarm_level
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from dispatch.handlers.tell_shift import TellShift, tell_shift
from domain.move_up import MoveUp
from domain.values import Duty
from tests.builders import HERE, Room, an_act, an_id, minutes

BEGINS = 1_500
"""Minutes after noon: behind all that the session told before."""


def later(number: float):
    return minutes(BEGINS + number)


def choices_and_their_reasons(room: Room) -> None:
    """A unit is sent against the advice, then taken for something worse; another drives to a post."""
    for callsign in ("C1", "C2"):
        room.carry_out(SignUnit(an_act(later(0)), callsign, Duty.ON_DUTY, None), sign_unit)
    quieter = ChoosePolicies(an_act(later(1)), "hcmc", {"P3": "closest_kept_back"}, "đêm ít xe")
    room.carry_out(quieter, choose_policies)
    shift = TellShift(an_act(later(1)), "C2", later(0), later(720), later(240))
    room.carry_out(shift, tell_shift)
    post = MoveUp(
        an_id("move up"), "C2", "cau-sai-gon", "Cầu Sài Gòn", HERE, 0.031, 0.81, 0.84, 310.0, 2_400.0
    )
    refused = replace(post, move_up_id=an_id("move up, refused"))
    room.carry_out(
        DeclineMoveUp(an_act(later(2)), str(refused.move_up_id), refused, "kíp mệt"), decline_move_up
    )
    room.carry_out(AcceptMoveUp(an_act(later(3)), str(post.move_up_id), post), accept_move_up)

    fall = room.incident("P3", at=later(4))
    room.carry_out(SetAlarmLevel(an_act(later(5)), fall, 2, "nhiều người"), set_alarm_level)
    against = room.order_to_send(
        fall,
        "C1",
        hospital_id=None,
        bed_kind=None,
        at=later(6),
        decision_id=an_id("decision of the fall"),
        advice={"units": [{"callsign": "C2", "eta_s": 200.0}], "map_version": "drawn-1", "rejected": []},
        override_reason="crew_knows: quen hẻm",
        advised=Advised((("C2", "C1"),), {"C1": 260.0, "C2": 200.0}, insist=True),
    )
    room.carry_out(against, assign_unit)
    arrest = room.incident("P1", at=later(7))
    instead = room.order_to_send(arrest, "C1", hospital_id=None, bed_kind=None, at=later(8))
    taken = PreemptUnit(instead.act, (str(instead.run_id),), instead, "ngừng tim cách 200 m")
    room.carry_out(taken, preempt_unit)
