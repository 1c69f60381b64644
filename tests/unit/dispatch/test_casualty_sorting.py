"""START and JumpSTART against their decision trees, written a second time as slow and obvious as possible."""

from itertools import product

import pytest

from dispatch.policies.jumpstart import jumpstart
from dispatch.policies.start import Ask, start
from domain.casualty import Category

RED, YELLOW, GREEN, BLACK = Category.RED, Category.YELLOW, Category.GREEN, Category.BLACK
MAYBE = (None, True, False)
SURE = (True, False)


@pytest.mark.parametrize(
    ("findings", "category"),
    [
        ({"walks": True}, GREEN),
        ({"walks": False, "breathing": False, "breathing_after_airway": False}, BLACK),
        ({"walks": False, "breathing": False, "breathing_after_airway": True}, RED),
        ({"walks": False, "breathing": True, "rate": 31}, RED),
        ({"walks": False, "breathing": True, "rate": 30, "radial_pulse": True, "obeys": True}, YELLOW),
        ({"walks": False, "breathing": True, "rate": 30, "radial_pulse": False}, RED),
        ({"walks": False, "breathing": True, "rate": 30, "refill_s": 2.0, "obeys": True}, YELLOW),
        ({"walks": False, "breathing": True, "rate": 30, "refill_s": 2.1}, RED),
        ({"walks": False, "breathing": True, "rate": 30, "radial_pulse": True, "refill_s": 3.0}, RED),
        ({"walks": False, "breathing": True, "rate": 30, "radial_pulse": True, "obeys": False}, RED),
        ({"walks": None}, Ask("walks")),
        ({"walks": False}, Ask("breathing")),
        ({"walks": False, "breathing": False}, Ask("breathing_after_airway")),
        ({"walks": False, "breathing": True}, Ask("rate")),
        ({"walks": False, "breathing": True, "rate": 20}, Ask("radial_pulse")),
        ({"walks": False, "breathing": True, "rate": 20, "radial_pulse": True}, Ask("obeys")),
    ],
)
def test_start_follows_its_tree_at_every_boundary(findings, category):
    assert start(**findings) == category


@pytest.mark.parametrize(
    ("findings", "category"),
    [
        ({"walks": True}, GREEN),
        ({"walks": False, "breathing": False, "breathing_after_airway": True}, RED),
        ({"walks": False, "breathing": False, "breathing_after_airway": False, "pulse": False}, BLACK),
        (
            {
                "walks": False,
                "breathing": False,
                "breathing_after_airway": False,
                "pulse": True,
                "breathing_after_breaths": True,
            },
            RED,
        ),
        (
            {
                "walks": False,
                "breathing": False,
                "breathing_after_airway": False,
                "pulse": True,
                "breathing_after_breaths": False,
            },
            BLACK,
        ),
        ({"walks": False, "breathing": True, "rate": 14}, RED),
        ({"walks": False, "breathing": True, "rate": 15, "pulse": True, "response": "A"}, YELLOW),
        ({"walks": False, "breathing": True, "rate": 45, "pulse": True, "response": "V"}, YELLOW),
        ({"walks": False, "breathing": True, "rate": 46}, RED),
        ({"walks": False, "breathing": True, "rate": 20, "pulse": False}, RED),
        ({"walks": False, "breathing": True, "rate": 20, "pulse": True, "response": "P"}, YELLOW),
        ({"walks": False, "breathing": True, "rate": 20, "pulse": True, "response": "p"}, RED),
        ({"walks": False, "breathing": True, "rate": 20, "pulse": True, "response": "U"}, RED),
        ({"walks": None}, Ask("walks")),
        ({"walks": False}, Ask("breathing")),
        ({"walks": False, "breathing": False}, Ask("breathing_after_airway")),
        ({"walks": False, "breathing": False, "breathing_after_airway": False}, Ask("pulse")),
        (
            {"walks": False, "breathing": False, "breathing_after_airway": False, "pulse": True},
            Ask("breathing_after_breaths"),
        ),
        ({"walks": False, "breathing": True}, Ask("rate")),
        ({"walks": False, "breathing": True, "rate": 20}, Ask("pulse")),
        ({"walks": False, "breathing": True, "rate": 20, "pulse": True}, Ask("response")),
    ],
)
def test_jumpstart_follows_its_tree_at_every_boundary(findings, category):
    assert jumpstart(**findings) == category


def slow_start(walks, breathing, after, rate, pulse, obeys):
    """Everything known; the pulse stands for perfusion."""
    if walks:
        return GREEN
    if not breathing:
        return RED if after else BLACK
    return RED if rate > 30 or not pulse or not obeys else YELLOW


def slow_jumpstart(walks, breathing, after, pulse, breaths, rate, response):
    if walks:
        return GREEN
    if not breathing:
        return RED if after or (pulse and breaths) else BLACK
    return RED if rate < 15 or rate > 45 or not pulse or response in "pU" else YELLOW


def completions(findings, choices):
    """Each way the unknown could turn out."""
    known = [
        [value] if value is not None else list(sure) for value, sure in zip(findings, choices, strict=True)
    ]
    return list(product(*known))


def asked_in_order(breathing, breathing_after_airway, pulse=None, breathing_after_breaths=None, **_):
    """Nobody opens the airway of one who breathes, nor gives breaths before looking for a pulse."""
    if breathing is not False and breathing_after_airway is not None:
        return False
    return (breathing_after_airway is False and pulse is True) or breathing_after_breaths is None


def check(sort, slow, names, choices):
    """A category is given exactly where all completions agree on it, and what is asked for is not known."""
    for findings in product(*[(None, *sure) for sure in choices]):
        if not asked_in_order(**dict(zip(names, findings, strict=True))):
            continue
        possible = {slow(*each) for each in completions(findings, choices)}
        said = sort(**dict(zip(names, findings, strict=True)))
        if isinstance(said, Ask):
            assert len(possible) > 1, findings
            assert dict(zip(names, findings, strict=True))[said.finding] is None
        else:
            assert possible == {said}, findings


def test_start_says_a_category_exactly_when_nothing_unknown_could_change_it():
    names = ("walks", "breathing", "breathing_after_airway", "rate", "radial_pulse", "obeys")
    check(start, slow_start, names, (SURE, SURE, SURE, (30, 31), SURE, SURE))


def test_jumpstart_says_a_category_exactly_when_nothing_unknown_could_change_it():
    names = (
        "walks",
        "breathing",
        "breathing_after_airway",
        "pulse",
        "breathing_after_breaths",
        "rate",
        "response",
    )
    choices = (SURE, SURE, SURE, SURE, SURE, (14, 15, 45, 46), ("A", "V", "P", "p", "U"))
    check(jumpstart, slow_jumpstart, names, choices)


def test_asking_on_always_comes_to_an_end():
    answers = {
        "walks": False,
        "breathing": True,
        "breathing_after_airway": False,
        "rate": 20,
        "radial_pulse": True,
        "refill_s": 1.0,
        "obeys": True,
    }
    findings: dict = {"walks": None}
    asked = []
    while isinstance(said := start(**findings), Ask):
        asked.append(said.finding)
        findings[said.finding] = answers[said.finding]
    assert said is YELLOW
    assert asked == ["walks", "breathing", "rate", "radial_pulse", "obeys"]
