"""What is due as time passes, worked out from rows alone."""

import pytest

from dispatch.policies.assignment_rules import AutoDispatchRules
from dispatch.reactions.assignments import Onward, due_dispatch, due_returns, lapsing, onward, to_propose
from dispatch.reactions.reopening import Reopening
from projections.rows import moment
from tests.builders import NOON, minutes, seconds


def run(state="open", status="assigned", **facts):
    offer = {
        "until": moment(seconds(45)),
        "within_s": 45.0,
        "state": state,
        "settled": False,
        "escalate": "offer_next",
        "turn": 1,
    }
    row = {"id": "r1", "incident_id": "i1", "status": status, "milestones": {"assigned": moment(NOON)}}
    return {**row, "offer": {**offer, **facts}}


def incident(**facts):
    served = {"run_id": "r1", "status": "stood_down", "assigned_at": moment(NOON)}
    row = {"id": "i1", "priority": "P1", "status": "waiting", "opened_at": moment(NOON), "closed_at": None}
    return {**row, "runs": [served], "auto_dispatch": None, "place_confirmed": True, **facts}


def test_an_open_offer_is_due_at_its_moment_and_no_other_ever():
    there = Reopening()
    assert lapsing([run()], seconds(44.9), there) == []
    assert lapsing([run()], seconds(45), there) == ["r1"]
    answered = [run("accepted", "accepted"), run("accepted"), {**run(), "offer": None}]
    assert lapsing(answered, minutes(9), there) == []


def test_who_was_asked_before_the_service_was_away_is_heard_before_the_offer_lapses():
    back = Reopening(minutes(10))
    assert lapsing([run()], seconds(614.9), back) == []
    assert lapsing([run()], seconds(615), back) == ["r1"]


@pytest.mark.parametrize(
    ("asked_s", "opened_s", "until_s", "due_s"),
    [
        (0, None, 45, 45),  # not away
        (0, 600, 45, 615),  # long away: as long as a phone's pauses and one try
        (0, 50, 45, 65),
        (0, 10, 45, 45),  # there is time enough
        (0, 40, 45, 55),
        (7, 10, 9, 15),  # asked three seconds before: no phone waits longer than that, and one try
        (10, 10, 12, 12),  # asked since: nothing came too late
        (30, 10, 75, 75),
    ],
)
def test_what_was_asked_before_waits_as_long_as_an_unheard_phone_may(asked_s, opened_s, until_s, due_s):
    reopening = Reopening(None if opened_s is None else seconds(opened_s))
    assert reopening.due(seconds(asked_s), seconds(until_s)) == seconds(due_s)


def test_what_was_not_taken_goes_on_once_and_not_for_ever():
    incidents = {"i1": incident()}
    assert onward([run("lapsed", "stood_down")], incidents, 4) == [Onward("r1", "i1", "lapsed", 1, True)]
    assert onward([run("declined", "declined")], incidents, 4) == [Onward("r1", "i1", "declined", 1, True)]
    assert onward([run("lapsed", settled=True), run(), run("called_off")], incidents, 4) == []
    assert onward([run("declined", "assigned")], incidents, 4) == [], "the no was taken back"
    (last,) = onward([run("lapsed", "stood_down", turn=4)], incidents, 4)
    assert not last.to_next, "a dispatcher is told"


def test_it_goes_to_the_dispatcher_where_the_city_wants_that_or_people_were_faster():
    lapsed = run("lapsed", "stood_down")
    sent_since = incident(runs=[{"run_id": "r2", "status": "assigned", "assigned_at": moment(minutes(1))}])
    for row, known in (
        (run("lapsed", "stood_down", escalate="tell_dispatcher"), incident()),
        (lapsed, incident(closed_at=moment(minutes(1)))),
        (lapsed, sent_since),
        (lapsed, None),
    ):
        (found,) = onward([row], {"i1": known} if known else {}, 4)
        assert not found.to_next


def test_a_car_comes_back_at_its_moment_and_without_one_never():
    withdrawn = {"reason": "x", "until": moment(minutes(5))}
    units = [
        {"callsign": "C1", "withdrawn": withdrawn},
        {"callsign": "C2", "withdrawn": {**withdrawn, "until": None}},
        {"callsign": "C3", "withdrawn": None},
        {"callsign": "C4"},
    ]
    assert due_returns(units, minutes(4.9)) == []
    assert due_returns(units, minutes(5)) == ["C1"]


ON = AutoDispatchRules(priorities=("P1",), young_s=300.0, most=2)


def test_nothing_is_proposed_where_it_is_switched_off_or_people_have_it_in_hand():
    fresh = incident(runs=[])
    assert to_propose([fresh], ON, minutes(1)) == ["i1"]
    assert to_propose([fresh], AutoDispatchRules(), minutes(1)) == []
    assert to_propose([fresh], ON, minutes(5.1)) == []
    others = [incident(), {**fresh, "priority": "P2"}, {**fresh, "status": "closed"}]
    others.append({**fresh, "place_confirmed": False})
    assert to_propose(others, ON, minutes(1)) == []


def test_after_a_unit_was_taken_by_another_a_new_one_is_proposed_so_often_and_no_more():
    dropped = {"state": "dropped", "why": "not_free", "round": 1}

    def proposed(**facts):
        return to_propose([incident(runs=[], auto_dispatch={**dropped, **facts})], ON, minutes(1))

    assert proposed() == proposed(why="place_in_doubt") == ["i1"]
    assert proposed(round=2) == proposed(why="by_hand") == proposed(state="vetoed") == []


def test_a_countdown_is_due_at_its_end_or_as_soon_as_it_is_pointless():
    running = {"state": "proposed", "due_at": moment(seconds(20))}
    waits = incident(runs=[], auto_dispatch=running)
    assert due_dispatch([waits], seconds(19)) == []
    assert due_dispatch([waits], seconds(20)) == ["i1"]
    served = [{"run_id": "r2", "status": "assigned", "assigned_at": moment(NOON)}]
    assert due_dispatch([{**waits, "runs": served}], seconds(1)) == ["i1"]
    assert due_dispatch([{**waits, "closed_at": moment(NOON)}], seconds(1)) == ["i1"]
    assert due_dispatch([{**waits, "place_confirmed": False}], seconds(1)) == ["i1"]
    assert due_dispatch([incident()], minutes(9)) == []
