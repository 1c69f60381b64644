"""A unit serves one run at a time."""

import pytest

from domain.errors import UnitBusy, UnitNotOnDuty
from domain.unit import Unit
from domain.values import Duty
from tests.builders import a_unit, an_act, an_id, happened

RUN_1, RUN_2, INCIDENT = an_id("run 1"), an_id("run 2"), an_id("incident")


def on_a_run(callsign: str = "A12") -> Unit:
    unit = a_unit(callsign)
    unit.assign(RUN_1, INCIDENT, 7, an_act())
    return unit


def test_a_unit_on_a_run_takes_no_other():
    unit = on_a_run()
    with pytest.raises(UnitBusy, match="A12") as refusal:
        unit.assign(RUN_2, INCIDENT, 8, an_act())
    assert refusal.value.facts["incident_number"] == 7
    assert happened(unit) == ["Commissioned", "WentOnDuty", "Assigned"]


def test_a_unit_told_twice_of_the_same_run_hears_it_once():
    unit = on_a_run()
    unit.assign(RUN_1, INCIDENT, 7, an_act())
    assert happened(unit).count("Assigned") == 1


@pytest.mark.parametrize("duty", [Duty.OFF_DUTY, Duty.OUT_OF_SERVICE])
def test_a_unit_that_is_not_on_duty_takes_no_run(duty):
    unit = a_unit("A12")
    unit.sign(duty, None, an_act())
    with pytest.raises(UnitNotOnDuty, match=duty.value):
        unit.assign(RUN_1, INCIDENT, 7, an_act())


def test_a_new_unit_is_off_duty_until_its_crew_signs_on():
    unit = a_unit("A12", on_duty=False)
    assert unit.duty == Duty.OFF_DUTY
    with pytest.raises(UnitNotOnDuty):
        unit.assign(RUN_1, INCIDENT, 7, an_act())


@pytest.mark.parametrize("duty", [Duty.OFF_DUTY, Duty.OUT_OF_SERVICE])
def test_nobody_leaves_in_the_middle_of_a_run(duty):
    unit = on_a_run()
    with pytest.raises(UnitBusy):
        unit.sign(duty, "hỏng xe", an_act())
    unit.free(RUN_1, an_act())
    unit.sign(duty, "hỏng xe", an_act())
    assert unit.duty == duty


def test_signing_on_twice_is_one_fact():
    unit = a_unit()
    unit.sign(Duty.ON_DUTY, None, an_act())
    assert happened(unit) == ["Commissioned", "WentOnDuty"]


def test_a_unit_goes_from_out_of_service_straight_on_duty():
    unit = a_unit()
    unit.sign(Duty.OUT_OF_SERVICE, "hỏng xe", an_act())
    unit.sign(Duty.ON_DUTY, None, an_act())
    assert happened(unit)[-2:] == ["TakenOutOfService", "WentOnDuty"]
    assert unit.duty == Duty.ON_DUTY


def test_the_end_of_an_older_run_does_not_free_the_unit_of_this_one():
    unit = on_a_run()
    unit.free(RUN_2, an_act())
    assert unit.run_id == RUN_1
    unit.free(RUN_1, an_act())
    unit.free(RUN_1, an_act())
    assert unit.run_id is None
    assert happened(unit).count("Freed") == 1


def test_one_callsign_is_one_unit_everywhere():
    assert Unit.create_id("A12") == a_unit("A12").id
    assert Unit.create_id("A12") != Unit.create_id("A13")
