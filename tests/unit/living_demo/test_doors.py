"""Hospitals of the demo answer when they are asked for room, so that no desk gets a line for nothing."""

import asyncio
from dataclasses import replace

from simulations.living_demo.chance import Chance
from simulations.living_demo.doors import Doors
from simulations.living_demo.habits import Habits
from simulations.living_demo.picture import Picture
from tests.unit.living_demo.demo_parts import NOON, HandClock, Line

YES = replace(Habits(), silent=0.0, sent_on=0.0)


def asked(run="r1", state="asked", closed_at=None, seq=1):
    return {
        "id": run, "callsign": "C1", "hospital_id": "west", "state": state,
        "asked_at": NOON.isoformat(), "closed_at": closed_at, "seq": seq,
    }  # fmt: skip


def answers(rows, habits=YES, looks=30, speed=1.0):
    """What is answered in a minute and a half of looking every three seconds."""
    picture, clock, line = Picture(), HandClock(speed), Line()
    picture.change({"referrals": rows})
    doors = Doors(line.client(), clock, picture, Chance(2), habits, print)

    async def look():
        for _ in range(looks):
            await doors.work()

    asyncio.run(look())
    return line.orders("POST"), clock.passed


def test_who_is_asked_says_yes_once_and_in_time_at_any_speed():
    for speed in (1.0, 10.0):
        ((path, body),), passed = answers([asked()], speed=speed)
        assert path == "/runs/r1/acceptance"
        assert (body["answer"], body["hospital_id"]) == ("accept", "west")
        assert 80 < passed < 100


def test_nobody_answers_before_it_has_thought():
    assert answers([asked()], replace(YES, answer_real_s=(20.0, 20.0)), looks=6)[0] == []
    assert len(answers([asked()], replace(YES, answer_real_s=(20.0, 20.0)), looks=7)[0]) == 1


def test_what_is_answered_or_over_is_left_alone():
    rows = [asked("r1", "accepted"), asked("r2", closed_at=NOON.isoformat()), asked("r3", "unanswered")]
    assert answers(rows)[0] == []


def test_some_never_answer_and_some_send_on_with_a_reason():
    assert answers([asked()], replace(YES, silent=1.0))[0] == []
    ((_, body),), _ = answers([asked()], replace(YES, sent_on=1.0))
    assert (body["answer"], bool(body["reason"])) == ("redirect", True)
