"""Advice on screens: recalled by name, for the incident it was given for."""

from uuid import UUID, uuid4

from api.shown import ShownAdvice
from dispatch.advise import WrittenAdvice


def an_advice(incident_id: UUID, letters: int = 2) -> WrittenAdvice:
    return WrittenAdvice(uuid4(), str(incident_id), b"{}".ljust(letters), b"{}")


def test_advice_given_for_another_incident_does_not_stand_behind_this_one():
    shown, crash, fall = ShownAdvice(), uuid4(), uuid4()
    advice = an_advice(crash)
    shown.remember(advice)
    assert shown.recall(advice.decision_id, crash) is advice
    assert shown.recall(advice.decision_id, fall) is None
    assert shown.recall(None, crash) is None


def test_the_oldest_advice_is_forgotten_first():
    shown, incident = ShownAdvice(most=20), uuid4()
    first, *others = [an_advice(incident) for _ in range(21)]
    for advice in (first, *others):
        shown.remember(advice)
    assert shown.recall(first.decision_id, incident) is None
    assert shown.recall(others[0].decision_id, incident) is others[0]


def test_long_advice_is_forgotten_sooner_so_that_memory_is_bounded():
    shown, incident = ShownAdvice(most_bytes=1_000), uuid4()
    long, longer, short = (an_advice(incident, letters) for letters in (400, 700, 200))
    for advice in (long, longer, short):
        shown.remember(advice)
    assert shown.recall(long.decision_id, incident) is None
    assert shown.recall(longer.decision_id, incident) is longer
    assert shown.recall(short.decision_id, incident) is short
