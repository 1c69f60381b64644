"""Automatic dispatch, as orders decided on the log."""

from dataclasses import replace
from uuid import UUID

import pytest

from dispatch.handlers.auto_dispatch import (
    ProposeDispatch,
    SendByItself,
    VetoDispatch,
    propose_dispatch,
    send_by_itself,
    veto_dispatch,
)
from domain.assignment_errors import (
    NothingProposed,
)
from domain.auto_dispatch import AutoDispatch
from domain.places_said import SaidPlace
from tests.builders import an_act, an_id, seconds
from tests.unit.dispatch.offered import room

__all__ = ["room"]


def proposed(room, *callsigns):
    incident = room.incident()
    plan = ProposeDispatch(an_act(), incident, callsigns, "cho-ray", "EmergencyDepartment", an_id())
    room.carry_out(plan, propose_dispatch)
    return incident


def auto(room, incident):
    return room.log.find(AutoDispatch, AutoDispatch.create_id(incident))


def go(room, incident, *callsigns):
    orders = tuple(
        room.order_to_send(incident, callsign, "cho-ray" if not place else None, at=seconds(20))
        for place, callsign in enumerate(callsigns)
    )
    bedless = tuple(replace(order, bed_kind=None) for order in orders)
    command = SendByItself(an_act(seconds(20), actor="auto"), incident, orders, bedless)
    return room.carry_out(command, send_by_itself).body["run_ids"]


def test_a_whole_plan_goes_in_one_save(room):
    incident = proposed(room, "C1", "C2")
    assert len(go(room, incident, "C1", "C2")) == 2
    assert sorted(room.log.incident(incident).serving.values()) == ["C1", "C2"]
    assert auto(room, incident).state == "sent"


def test_of_a_plan_with_one_who_is_taken_nobody_goes(room):
    incident = proposed(room, "C1", "C2")
    room.send(room.incident(), "C2")
    assert go(room, incident, "C1", "C2") == []
    assert room.log.unit("C1").run_id is None
    assert (auto(room, incident).state, auto(room, incident).open_to_proposals) == ("dropped", True)


def test_to_a_place_that_came_in_doubt_nobody_goes_until_it_is_confirmed(room):
    incident = proposed(room, "C1")
    heard = room.log.incident(incident)
    heard.say_place(SaidPlace("gazetteer", 0.3, False), certain=False, act=an_act(seconds(5)))
    room.log.save(heard)
    assert go(room, incident, "C1") == []
    assert (auto(room, incident).state, auto(room, incident).open_to_proposals) == ("dropped", True)
    again = ProposeDispatch(an_act(seconds(21)), incident, ("C1",), None, None, an_id())
    room.carry_out(again, propose_dispatch)
    assert auto(room, incident).state == "dropped", "no countdown to an order that would be refused"


def test_after_a_veto_nobody_goes_and_nothing_is_proposed_again(room):
    incident = proposed(room, "C1")
    room.carry_out(VetoDispatch(an_act(), incident, None), veto_dispatch)
    assert go(room, incident, "C1") == []
    assert not auto(room, incident).open_to_proposals
    with pytest.raises(NothingProposed, match="vetoed already"):
        room.carry_out(VetoDispatch(an_act(seconds(1)), incident, None), veto_dispatch)


def test_a_hospital_without_beds_keeps_nobody_at_home(room):
    incident = proposed(room, "C1")
    room.beds("cho-ray", 2, 2)
    (run,) = go(room, incident, "C1")
    assert room.log.run(UUID(run)).bed_kind is None
