from collections import Counter
from dataclasses import replace

import pytest

from simulations.living_demo.callers import Callers
from simulations.living_demo.chance import Chance
from simulations.living_demo.complaints import EMERGENCIES, NO_EMERGENCY, NUISANCES, PHONE_PREFIX
from simulations.living_demo.habits import HOURS, Habits
from simulations.living_demo.notebook import MOST_NOTES, Notes
from simulations.living_demo.picture import Picture
from tests.unit.living_demo.demo_parts import HandClock, a_unit, an_incident


def a_picture(units=40, incidents=0):
    picture = Picture()
    picture.change(
        {
            "units": [a_unit(f"C{n}") for n in range(units)],
            "incidents": [an_incident(f"i{n}") for n in range(incidents)],
        }
    )
    return picture


def some_callers(picture=None, seed=1, speed=1.0, **habits):
    settings = replace(Habits(opening_calls=0), **habits)
    return Callers(Chance(seed), HandClock(speed), picture or a_picture(), settings)


def test_gaps_between_calls_follow_the_mean_of_the_hour():
    callers = some_callers(call_every_s=40)
    mean = sum(callers.gap_s() for _ in range(4000)) / 4000
    assert mean == pytest.approx(40 / HOURS[5], rel=0.06)  # the clock stands at five in the morning, UTC


def test_the_first_calls_come_quickly_unless_the_city_is_busy_already():
    assert some_callers(opening_calls=5)._opening == 5
    assert some_callers(a_picture(incidents=6), opening_calls=5)._opening == 0


def test_fewer_units_hear_fewer_calls():
    few, many = some_callers(a_picture(units=6)), some_callers(a_picture(units=60))
    assert sum(few.gap_s() for _ in range(500)) > 3 * sum(many.gap_s() for _ in range(500))


def test_most_calls_are_no_emergencies():
    callers = some_callers(a_picture(incidents=1))
    kinds = Counter()
    for _ in range(2000):
        caller = callers.caller()
        kinds["emergency" if caller.emergency else "nuisance" if caller.nuisance else "again"] += 1
    assert 0.25 < kinds["emergency"] / 2000 < 0.35
    assert 0.05 < kinds["again"] / 2000 < 0.12


def test_a_full_city_opens_no_more_incidents():
    callers = some_callers(a_picture(units=10, incidents=10))
    assert all(callers.caller().emergency is None for _ in range(200))


def test_nobody_rings_again_about_nothing():
    callers = some_callers(a_picture(incidents=0))
    assert all(callers.caller().again is None for _ in range(300))


def test_numbers_are_the_fictional_block():
    callers = some_callers()
    assert all(callers.caller().phone.startswith(PHONE_PREFIX) for _ in range(50))


def test_the_same_seed_brings_the_same_day():
    one, other, third = some_callers(seed=3), some_callers(seed=3), some_callers(seed=4)
    days = [[(callers.gap_s(), callers.caller()) for _ in range(30)] for callers in (one, other, third)]
    assert days[0] == days[1]
    assert days[0] != days[2]


def test_sources_of_chance_do_not_disturb_each_other():
    chance = Chance(5)
    alone = [chance.of("places").between(0, 1) for _ in range(3)]
    busy = chance.of("people")
    busy.between(0, 1)
    assert [chance.of("places").between(0, 1) for _ in range(3)] == alone


def test_every_story_answers_questions_of_the_general_card():
    from dispatch.policies.triage import determine
    from dispatch.protocol_file import shipped_protocols

    card = shipped_protocols()["general"]
    for story in EMERGENCIES:
        assert determine(card, story.answers).priority is not None, story.complaint
    assert determine(card, NO_EMERGENCY).priority is None
    assert all(nuisance.reason and nuisance.complaint for nuisance in NUISANCES)


def test_notes_forget_the_oldest():
    notes = Notes()
    for n in range(MOST_NOTES + 10):
        notes.add(str(n))
    assert len(notes) == MOST_NOTES
    assert "3" not in notes
    assert str(MOST_NOTES) in notes
