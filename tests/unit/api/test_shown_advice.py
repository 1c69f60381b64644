"""Advice on screens: recalled by name, for the incident it was given for."""

from uuid import UUID, uuid4

from api.centre import MOST_SHOWN, ShownAdvice
from dispatch.advise import Advice, Need
from dispatch.policies.destination import HospitalRanking
from dispatch.policies.send import UnitRanking
from domain.values import Needs, Position
from tests.builders import NOON


def an_advice(incident_id: UUID) -> Advice:
    need = Need(str(incident_id), Position(10.77, 106.7), Needs())
    return Advice(uuid4(), NOON, need, UnitRanking([], []), HospitalRanking([], []), (), "map", "free_flow")


def test_advice_given_for_another_incident_does_not_stand_behind_this_one():
    shown, crash, fall = ShownAdvice(), uuid4(), uuid4()
    advice = an_advice(crash)
    shown.remember(advice)
    assert shown.recall(advice.decision_id, crash) is advice
    assert shown.recall(advice.decision_id, fall) is None
    assert shown.recall(None, crash) is None


def test_the_oldest_advice_is_forgotten_first():
    shown, incident = ShownAdvice(), uuid4()
    first, *others = [an_advice(incident) for _ in range(MOST_SHOWN + 1)]
    for advice in (first, *others):
        shown.remember(advice)
    assert shown.recall(first.decision_id, incident) is None
    assert shown.recall(others[0].decision_id, incident) is others[0]
