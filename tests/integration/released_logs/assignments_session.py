"""A shift in which assignments are watched over: every kind of fact of offers, prompts and alarms."""

from dataclasses import replace
from datetime import timedelta

from dispatch.handlers.answer_prompt import AnswerPrompt, answer_prompt
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.auto_dispatch import (
    ProposeDispatch,
    SendByItself,
    VetoDispatch,
    propose_dispatch,
    send_by_itself,
    veto_dispatch,
)
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
from dispatch.handlers.lapse_offer import LapseOffer, lapse_offer
from dispatch.handlers.pass_on_offer import PassOnOffer, pass_on_offer
from dispatch.handlers.raise_prompt import RaisePrompt, raise_prompt
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.take_by_moving import TakeByMoving, take_by_moving
from dispatch.handlers.tell_danger import TellDanger, tell_danger
from dispatch.handlers.undo_step import UndoStep, undo_step
from dispatch.handlers.withdraw_unit import ReturnUnit, WithdrawUnit, return_unit, withdraw_unit
from dispatch.policies.assignment_rules import AutoDispatchRules, OfferRules
from domain.values import Duty
from tests.builders import HERE, Room, an_act, an_id, minutes, seconds

BEGINS = 600
"""Minutes after noon: behind all that the session told before."""


def later(number: float):
    return minutes(BEGINS + number)


def assignments_watched_over(room: Room) -> None:
    rules = replace(
        room.desk.rules,
        offers=OfferRules(within_s={"P1": 45.0}, escalate="offer_next"),
        auto_dispatch=AutoDispatchRules(priorities=("P1",)),
    )
    before, room.desk = room.desk, replace(room.desk, rules=rules)
    for callsign in ("C1", "C2", "T1"):
        if room.log.unit(callsign).duty != Duty.ON_DUTY:
            room.sign(callsign, Duty.ON_DUTY, at=later(0))
    offered(room)
    arrived_and_undone(room)
    by_itself(room)
    cars(room)
    room.desk = before


def offered(room: Room) -> None:
    """Nobody answers, the next drives there without a word."""
    incident = room.incident("P1", at=later(1))
    silent = room.send(incident, "C1", at=later(2))
    lapsed = an_act(later(2) + timedelta(seconds=46))
    room.carry_out(LapseOffer(lapsed, silent), lapse_offer)
    order = replace(room.order_to_send(incident, "C2", at=later(3)), turn=2)
    passing = PassOnOffer(an_act(later(3)), silent, "lapsed", (order,), ())
    room.carry_out(passing, pass_on_offer)
    room.carry_out(TakeByMoving(an_act(later(3.5)), order.run_id, HERE, 180.0, 22.0), take_by_moving)
    room.carry_out(TellDanger(an_act(later(4)), incident, "có dao"), tell_danger)
    room.report(order.run_id, "en_route", at=later(5))
    room.report(order.run_id, "on_scene", at=later(6))
    room.carry_out(CheckIn(an_act(later(7)), order.run_id, True, an_id("check"), None), check_in)
    alarm = an_id("sos")
    for moment in (8, 8.5):
        press = SoundSos(an_act(later(moment)), alarm, "C2", HERE, "bị đe dọa")
        room.carry_out(press, sound_sos)
    room.carry_out(AcknowledgeAlarm(an_act(later(9)), "C2", alarm), acknowledge_alarm)
    room.carry_out(CloseAlarm(an_act(later(10)), "C2", alarm, "safe", None), close_alarm)
    told = ReportMilestone(an_act(later(11)), order.run_id, "clear", None, None, "refused")
    room.carry_out(told, report_milestone)


def arrived_and_undone(room: Room) -> None:
    run = room.send(room.incident("P2", at=later(20)), "C1", at=later(20))
    room.report(run, "en_route", at=later(21))
    prompt = RaisePrompt(an_act(later(22), later(22.25)), an_id("prompt"), run, "arrived_scene", HERE)
    room.carry_out(prompt, raise_prompt)
    answer = AnswerPrompt(an_act(later(23)), run, prompt.prompt_id, True, None)
    room.carry_out(answer, answer_prompt)
    room.report(run, "transporting", at=later(24))
    room.report(run, "at_hospital", at=later(30))
    room.carry_out(UndoStep(an_act(later(31)), run, None, "bấm nhầm"), undo_step)
    for milestone, moment in (("at_hospital", 32), ("handed_over", 33), ("clear", 34)):
        room.report(run, milestone, at=later(moment))


def by_itself(room: Room) -> None:
    """One is vetoed, one sent, one dropped because a dispatcher was faster."""
    for place, end in enumerate(("vetoed", "sent", "dropped")):
        incident, at = room.incident("P1", at=later(40 + 10 * place)), later(41 + 10 * place)
        plan = ProposeDispatch(an_act(at), incident, ("C1",), "cho-ray", None, an_id(f"advice {end}"))
        room.carry_out(plan, propose_dispatch)
        order = room.order_to_send(incident, "C1", bed_kind=None, at=seconds(30, at))
        going = SendByItself(an_act(seconds(30, at)), incident, (order,), (order,))
        if end == "vetoed":
            room.carry_out(VetoDispatch(an_act(at), incident, "đã có xe"), veto_dispatch)
            continue
        if end == "dropped":
            order = room.order_to_send(incident, "C1", bed_kind=None, at=seconds(10, at))
            room.carry_out(order, assign_unit)
        room.carry_out(going, send_by_itself)
        room.report(order.run_id, "stood_down", at=seconds(60, at))


def cars(room: Room) -> None:
    until = later(200)
    room.carry_out(WithdrawUnit(an_act(later(80)), "C1", "chuyển viện", until), withdraw_unit)
    room.carry_out(ReturnUnit(an_act(later(90)), "C1"), return_unit)
