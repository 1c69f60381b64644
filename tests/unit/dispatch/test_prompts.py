"""What is asked of a crew that was seen moving, as orders decided on the log."""

from uuid import UUID

import pytest

from dispatch.handlers.answer_prompt import AnswerPrompt, answer_prompt
from dispatch.handlers.raise_prompt import RaisePrompt, raise_prompt
from dispatch.handlers.undo_step import UndoStep, undo_step
from domain.assignment_errors import (
    UnknownMove,
)
from domain.errors import IllegalMilestone
from projections.memory import MemoryViews
from tests.builders import HERE, an_act, an_id, minutes
from tests.unit.dispatch.offered import room

__all__ = ["room"]


def prompted(room, run, move="arrived_scene", at=2.0):
    command = RaisePrompt(an_act(minutes(at), minutes(at + 0.25)), an_id(), run, move, HERE)
    room.carry_out(command, raise_prompt)
    return command.prompt_id


def dismiss(room, run, prompt, at=10.0):
    return room.carry_out(AnswerPrompt(an_act(minutes(at)), run, prompt, False, None), answer_prompt)


def confirm(room, run, prompt, at=10.0):
    return room.carry_out(AnswerPrompt(an_act(minutes(at)), run, prompt, True, None), answer_prompt)


def test_what_is_confirmed_is_reported_with_the_time_of_the_move(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    confirm(room, run, prompted(room, run))
    assert room.log.run(run).times["on_scene"] == minutes(2)


def test_what_the_crew_told_meanwhile_stands_as_it_told_it(room):
    run = room.send(room.incident())
    room.report(run, "en_route", at=minutes(1))
    prompt = prompted(room, run)
    room.report(run, "on_scene", at=minutes(3))
    confirm(room, run, prompt)
    assert room.log.run(run).times["on_scene"] == minutes(3)


def asked(room, run):
    """What the run's row asks for, by the facts as they stand in the log."""
    views = MemoryViews()
    for seq, fact in room.log.select(1, 1_000):
        views.apply(seq, fact)
    prompt = views.row("runs", str(run))["prompt"]
    return prompt and (UUID(prompt["id"]), prompt["milestone"])


def test_of_two_moves_the_later_one_is_asked_for_whichever_was_found_first(room):
    run = room.send(room.incident())
    room.drive(run, "en_route")
    at_the_hospital = prompted(room, run, "arrived_hospital", at=6)
    at_the_scene = prompted(room, run, "arrived_scene", at=3)
    assert asked(room, run) == (at_the_hospital, "at_hospital")
    dismiss(room, run, at_the_hospital)
    assert asked(room, run) == (at_the_scene, "on_scene")


def test_an_arrival_that_was_told_and_taken_back_is_asked_for_again_until_somebody_answers(room):
    run = room.send(room.incident())
    room.drive(run, "en_route")
    prompt = prompted(room, run)
    room.report(run, "on_scene", at=minutes(3))
    assert asked(room, run) is None
    room.carry_out(UndoStep(an_act(minutes(4)), run, None, None), undo_step)
    assert asked(room, run) == (prompt, "on_scene")
    dismiss(room, run, prompt)
    assert asked(room, run) is None


def test_confirming_skips_no_step_and_the_question_stands(room):
    run = room.send(room.incident())
    prompt = prompted(room, run)
    with pytest.raises(IllegalMilestone):
        confirm(room, run, prompt)
    room.report(run, "en_route", at=minutes(1.5))
    confirm(room, run, prompt, at=11)
    assert room.log.run(run).milestone == "on_scene"


def test_who_leaves_the_hospital_handed_over_and_who_had_said_so_is_clear(room):
    run = room.send(room.incident())
    room.drive(run, "en_route", "on_scene", "transporting", "at_hospital")
    confirm(room, run, prompted(room, run, "left_hospital", at=6), at=7)
    assert room.log.run(run).milestone == "handed_over"
    confirm(room, run, prompted(room, run, "left_hospital", at=8), at=9)
    assert room.log.run(run).milestone == "clear"


def test_a_move_nobody_knows_is_refused(room):
    run = room.send(room.incident())
    with pytest.raises(UnknownMove):
        prompted(room, run, "flew_away")
