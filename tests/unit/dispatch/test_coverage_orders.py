"""Orders about policies and standby posts, carried out on a log as the desk does, and what the views make
of it."""

from dataclasses import replace

import pytest

from dispatch.handlers.answer_move_up import (
    AcceptMoveUp,
    AnswerPost,
    DeclineMoveUp,
    accept_move_up,
    answer_post,
    decline_move_up,
)
from dispatch.handlers.choose_policies import ChoosePolicies, choose_policies
from domain.coverage_errors import MoveUpAnswered, NoPolicySaid, PostOver, UnknownPolicy
from domain.errors import BadPriority, BadText, UnitBusy, UnitNotOnDuty
from domain.move_up import MoveUp
from domain.policy_book import PolicyBook
from domain.unit import Unit
from domain.values import Duty, Position
from projections.memory import MemoryViews
from projections.move_up_list import KEPT, MoveUpList
from projections.policy_row import PolicyRow
from projections.unit_board import UnitBoard
from tests.builders import Room, an_act, an_id, minutes

TO_THE_MARKET = MoveUp(
    move_up_id=an_id("to the market"),
    callsign="C1",
    post_id="cho",
    post_name="Chợ Giữa",
    position=Position(10.75, 106.65),
    gain=0.04,
    covered_before=0.8,
    covered_after=0.86,
    duration_s=240.0,
    distance_m=1900.0,
)


@pytest.fixture
def room():
    return Room(units=("C1", "C2"))


def accept(room, move_up=TO_THE_MARKET, at=None):
    act = an_act() if at is None else an_act(at)
    return room.carry_out(AcceptMoveUp(act, str(move_up.move_up_id), move_up), accept_move_up)


def decline(room, reason="Xe cần đổ xăng", move_up=TO_THE_MARKET):
    command = DeclineMoveUp(an_act(), str(move_up.move_up_id), move_up, reason)
    return room.carry_out(command, decline_move_up)


def choose(room, reason="đêm giao thừa", **policies):
    return room.carry_out(ChoosePolicies(an_act(), "hcmc", policies, reason), choose_policies)


def folded(room):
    views = MemoryViews((UnitBoard(), MoveUpList(), PolicyRow()))
    for seq, fact in room.log.select(1, 10_000):
        views.apply(seq, fact)
    return views


def facts(room, kind):
    return [fact for _, fact in room.log.select(1, 10_000) if isinstance(fact, kind)]


# --- standby posts --------------------------------------------------------------------------------


def test_a_unit_that_is_sent_to_a_post_stays_free(room):
    accept(room)
    row = folded(room).row("units", "C1")
    assert (row["status"], row["run_id"], row["moves"]) == ("AV", None, 1)
    assert row["post"]["id"] == "cho"
    assert row["post"]["position"] == {"lat": 10.75, "lon": 106.65}
    room.send(room.incident(), "C1")
    assert folded(room).row("units", "C1")["post"] is None


def test_the_proposal_stands_in_the_log_as_it_was_looked_at(room):
    accept(room)
    (fact,) = facts(room, Unit.SentToPost)
    assert fact.move_up == TO_THE_MARKET
    row = folded(room).row("move_ups", str(TO_THE_MARKET.move_up_id))
    assert (row["answer"], row["gain"], row["duration_s"], row["by"]) == (
        "accepted",
        0.04,
        240.0,
        "dispatcher",
    )


def test_an_answer_said_twice_is_one_answer_and_another_is_refused(room):
    accept(room)
    accept(room)
    assert len(facts(room, Unit.SentToPost)) == 1
    with pytest.raises(MoveUpAnswered, match="accepted"):
        decline(room)
    other = replace(TO_THE_MARKET, move_up_id=an_id("another"))
    decline(room, move_up=other)
    with pytest.raises(MoveUpAnswered, match="declined"):
        accept(room, other)


def crew_says(room, going, reason=None, move_up=TO_THE_MARKET):
    command = AnswerPost(an_act(), "C1", move_up.move_up_id, going, reason)
    return room.carry_out(command, answer_post)


def test_the_crew_says_that_it_goes_once(room):
    accept(room)
    assert folded(room).row("units", "C1")["post"]["going_since"] is None
    crew_says(room, going=True)
    crew_says(room, going=True)
    assert len(facts(room, Unit.AnsweredPost)) == 1
    row = folded(room).row("units", "C1")
    assert row["post"]["going_since"] is not None
    assert row["moves"] == 1


def test_a_crew_that_cannot_go_stays_and_the_desk_reads_why(room):
    accept(room)
    with pytest.raises(BadText):
        crew_says(room, going=False)
    crew_says(room, going=True)
    crew_says(room, going=False, reason="đường ngập")
    crew_says(room, going=False, reason="đường ngập")
    views = folded(room)
    row = views.row("units", "C1")
    assert (row["post"], row["moves"]) == (None, 0)
    assert (row["post_refused"]["name"], row["post_refused"]["reason"]) == ("Chợ Giữa", "đường ngập")
    told = views.row("move_ups", str(TO_THE_MARKET.move_up_id))
    assert (told["answer"], told["reason"]) == ("declined", "đường ngập")
    assert len(facts(room, Unit.AnsweredPost)) == 2


def test_an_answer_after_something_else_came_is_refused(room):
    accept(room)
    room.send(room.incident(), "C1")
    with pytest.raises(PostOver, match="C1"):
        crew_says(room, going=True)
    with pytest.raises(PostOver):
        crew_says(room, going=False, reason="đường ngập")


def test_only_who_is_free_and_on_duty_is_moved(room):
    room.send(room.incident(), "C1")
    with pytest.raises(UnitBusy):
        accept(room)
    resting = replace(TO_THE_MARKET, callsign="C2")
    room.sign("C2", Duty.OFF_DUTY)
    with pytest.raises(UnitNotOnDuty):
        accept(room, resting)


def test_to_decline_wants_a_reason_and_moves_nobody(room):
    with pytest.raises(BadText):
        decline(room, reason=" ")
    decline(room)
    views = folded(room)
    assert views.row("units", "C1")["post"] is None
    row = views.row("move_ups", str(TO_THE_MARKET.move_up_id))
    assert (row["answer"], row["reason"]) == ("declined", "Xe cần đổ xăng")


def test_moves_are_counted_by_the_shift(room):
    accept(room)
    accept(room, replace(TO_THE_MARKET, move_up_id=an_id("back again")))
    assert folded(room).row("units", "C1")["moves"] == 2
    room.sign("C1", Duty.OFF_DUTY, minutes(1))
    assert folded(room).row("units", "C1")["post"] is None
    room.sign("C1", Duty.ON_DUTY, minutes(2))
    assert folded(room).row("units", "C1")["moves"] == 0


def test_the_list_of_answers_forgets_the_oldest():
    rows = [{"id": str(i), "at": f"{i:06d}"} for i in range(KEPT + 7)]
    assert MoveUpList().forgotten(rows) == [str(i) for i in range(7)]


# --- policies -------------------------------------------------------------------------------------


def test_what_is_chosen_stays_until_it_is_chosen_otherwise(room):
    choose(room, P3="dmexclp", P4="preparedness")
    choose(room, P3="closest", reason="quá nhiều ca trễ")
    row = folded(room).row("policies", "hcmc")
    assert row["policies"] == {"P3": "closest", "P4": "preparedness"}
    assert (row["reason"], row["by"]) == ("quá nhiều ca trễ", "dispatcher")
    book = room.log.find(PolicyBook, PolicyBook.create_id("hcmc"))
    assert book.chosen == row["policies"]


def test_the_same_choice_again_is_no_news(room):
    choose(room, P3="dmexclp")
    choose(room, P3="dmexclp")
    assert len(facts(room, PolicyBook.Chosen)) == 1


def test_a_choice_names_a_policy_a_priority_and_a_reason(room):
    with pytest.raises(UnknownPolicy, match="farthest"):
        choose(room, P1="farthest")
    with pytest.raises(BadPriority):
        choose(room, P9="closest")
    with pytest.raises(NoPolicySaid):
        choose(room)
    with pytest.raises(BadText):
        choose(room, reason="", P1="closest")
    assert facts(room, PolicyBook.Chosen) == []
