import asyncio
from dataclasses import replace

import httpx

from simulations.living_demo.chance import Chance
from simulations.living_demo.dispatcher import Dispatcher, needs_a_van
from simulations.living_demo.driver import Place
from simulations.living_demo.habits import Habits
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import Picture
from simulations.living_demo.sending import Sending
from tests.unit.living_demo.demo_parts import (
    HandClock,
    Line,
    a_run,
    a_unit,
    an_incident,
    in_incident,
    problem,
)

ADVICE = {
    "decision_id": "d1",
    "units": [{"unit_id": "unit-C1", "callsign": "C1", "eta_s": 120.0}],
    "hospitals": [
        {"hospital_id": "west", "bed_kind": "EmergencyDepartment"},
        {"hospital_id": "east", "bed_kind": "EmergencyDepartment"},
    ],
}


class Desk:
    """A dispatcher over one incident, and everything it asks for."""

    def __init__(self, incident, answers=None, **habits):
        self.line = Line(
            {("GET", f"/incidents/{incident['id']}/recommendation"): httpx.Response(200, json=ADVICE)}
        )
        self.line.answers.update(answers or {})
        self.picture, self.clock, self.notebook = Picture(), HandClock(), Notebook()
        self.picture.change(
            {"units": [a_unit("C1"), a_unit("M1", kind="motorbike")], "incidents": [incident]}
        )
        calm = replace(Habits(), for_people=0.0, for_people_p1=0.0, queued=0.0, first_responder=0.0)
        settings = replace(calm, **habits)
        chance, client, self.said = Chance(1), self.line.client(), []
        sending = Sending(
            client, self.picture, lambda _: Place(10.0, 106.0), chance, settings, self.said.append
        )
        self.dispatcher = Dispatcher(
            client, self.clock, self.picture, sending, self.notebook, chance, settings, self.said.append
        )

    def works_for(self, city_s):
        async def work():
            while self.clock.city_s() < city_s:
                await self.dispatcher.work()

        asyncio.run(work())
        return self.line.orders("POST")


def ours(incident):
    def prepared(desk):
        desk.notebook.opened.add(incident["id"])
        return desk

    return prepared


def test_rank_one_is_sent_with_the_first_hospital_and_its_bed():
    incident = an_incident()
    desk = ours(incident)(Desk(incident))
    path, body = desk.works_for(30)[0]
    assert path == "/incidents/i1/runs"
    assert body["unit_id"] == "unit-C1"
    assert (body["hospital_id"], body["bed_kind"]) == ("west", "EmergencyDepartment")
    assert body["decision_id"] == "d1"


def test_it_sends_once_and_waits_for_the_picture():
    incident = an_incident()
    desk = ours(incident)(Desk(incident))
    desk.works_for(20)
    sent = len(desk.line.orders("POST"))
    desk.picture.change({"incidents": [an_incident(status="assigned", runs=[in_incident(a_run())], seq=2)]})
    desk.works_for(200)
    assert sent == len(desk.line.orders("POST")) == 1


def test_an_incident_of_other_people_is_theirs_for_a_while():
    desk = Desk(an_incident(), patience_real_s=150.0)
    assert desk.works_for(140) == []
    assert len(desk.works_for(170)) >= 1


def test_a_share_is_left_to_people_but_never_too_many():
    desk = Desk(an_incident("i0"), for_people=1.0, most_for_people=2)
    incidents = [an_incident(f"i{n}") for n in range(6)]
    desk.picture.change({"incidents": incidents})
    for incident in incidents:
        desk.notebook.opened.add(incident["id"])
    desk.works_for(1)
    assert sum("is left" in line for line in desk.said) == 2


def test_a_full_hospital_is_passed_over():
    refusals = [problem(409, "NoBedFree"), httpx.Response(201, json={})]
    incident = an_incident()
    answers = {("POST", "/incidents/i1/runs"): lambda request: refusals.pop(0) if refusals else None}
    orders = ours(incident)(Desk(incident, answers)).works_for(26)
    assert [body["hospital_id"] for _, body in orders[:2]] == ["west", "east"]


def test_without_any_bed_the_unit_goes_all_the_same():
    def full(request):
        return problem(409, "NoBedFree") if b"bed_kind" in request.content else None

    incident = an_incident()
    orders = ours(incident)(Desk(incident, {("POST", "/incidents/i1/runs"): full})).works_for(26)
    assert orders[2][1]["hospital_id"] == "west"
    assert "bed_kind" not in orders[2][1]


def test_who_was_quicker_makes_it_ask_again():
    answers = [problem(409, "UnitBusy"), httpx.Response(201, json={})]
    incident = an_incident()
    desk = Desk(incident, {("POST", "/incidents/i1/runs"): lambda _: answers.pop(0) if answers else None})
    orders = ours(incident)(desk).works_for(26)
    assert orders[0][1]["run_id"] != orders[1][1]["run_id"]
    assert len(desk.line.orders("GET")) >= 2


def test_a_refusal_is_told_and_tried_again_later():
    incident = an_incident()
    desk = Desk(incident, {("POST", "/incidents/i1/runs"): problem(409, "IncidentOver", "it is closed")})
    orders = ours(incident)(desk).works_for(60)
    assert 2 <= len(orders) <= 6
    assert any("it is closed" in line for line in desk.said)


def test_what_is_done_is_closed_with_a_reason():
    done = an_incident(status="done", runs=[in_incident(a_run(status="clear"))])
    path, body = Desk(done).works_for(70)[0]
    assert path == "/incidents/i1/close"
    assert body["reason"] == "Đã bàn giao bệnh nhân"


def test_an_incident_whose_caller_rang_off_is_closed_instead_of_served():
    incident = an_incident(runs=[in_incident(a_run(status="stood_down"))])
    desk = Desk(incident)
    desk.notebook.cancelled.add("i1")
    assert desk.works_for(30)[0][0] == "/incidents/i1/close"


def test_who_was_stood_down_by_people_is_not_replaced_at_once():
    incident = an_incident(runs=[in_incident(a_run(status="stood_down"))])
    desk = ours(incident)(Desk(incident))
    assert desk.works_for(100) == []


def test_who_declined_is_replaced_at_once():
    incident = an_incident(runs=[in_incident(a_run(status="declined"))])
    assert ours(incident)(Desk(incident)).works_for(30)[0][0] == "/incidents/i1/runs"


def test_a_motorbike_alone_is_followed_by_a_van():
    desk = Desk(an_incident())
    bike = in_incident(a_run(callsign="M1", status="on_scene"))
    van = in_incident(a_run(callsign="C1", status="en_route"))
    assert needs_a_van(an_incident(status="on_scene", runs=[bike]), desk.picture)
    assert not needs_a_van(an_incident(status="on_scene", runs=[bike, van]), desk.picture)
    assert not needs_a_van(an_incident(status="done", runs=[bike]), desk.picture)


def test_plans_of_incidents_that_are_gone_are_forgotten():
    desk = Desk(an_incident())
    desk.works_for(1)
    desk.picture.change({"incidents": [an_incident(status="closed", seq=2)]})
    desk.works_for(3)
    assert not desk.dispatcher._to_send
