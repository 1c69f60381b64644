"""The cards that come with Vigil: whole, led from one to the next, and never less help for being worse."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

from dispatch.policies.card_laws import combinations, orders_broken, values_of
from dispatch.policies.triage import determine
from dispatch.policies.urgency import rank
from dispatch.protocol_file import ShippedCard, digest_of, shipped_cards, shipped_protocols
from domain.values import Priority

CARDS = list(shipped_protocols().values())
DIGESTS = Path(__file__).with_name("card_digests.txt")
COMPLAINTS = {
    "chest_pain",
    "breathing",
    "unconscious",
    "stroke",
    "trauma",
    "birth",
    "child_fever",
    "poisoning",
    "burns",
    "diabetic",
    "psychiatric",
    "transfer",
}
INSTRUCTIONS = {"cpr", "choking", "bleeding", "recovery", "childbirth"}


def by_id(card) -> str:
    return card.id


def test_the_cards_are_those_a_desk_needs():
    kinds = {card.id: card.kind for card in CARDS}
    assert {name for name, kind in kinds.items() if kind == "entry"} == {"general"}
    assert {name for name, kind in kinds.items() if kind == "complaint"} == COMPLAINTS
    assert {name for name, kind in kinds.items() if kind == "instructions"} == INSTRUCTIONS


def test_no_card_claims_a_signature_it_does_not_have():
    assert not any(card.signed_off for card in CARDS)


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_every_way_to_answer_leads_to_a_determinant_and_every_determinant_is_reached(card):
    reached = {determine(card, {}).code}
    for answers in combinations(card.questions, card):
        reached.add(determine(card, answers).code)
    for rule in card.rules:  # of large cards the combinations leave questions out
        for question, test in rule.when.items():
            (asked,) = [each for each in card.questions if each.id == question]
            assert values_of(asked, card), test
        reached.add(determine(card, _meeting(card, rule)).code)
    assert reached == set(card.determinants)


def _meeting(card, rule) -> dict[str, str]:
    """Answers that meet a rule and nothing else."""
    answers = {}
    for question in card.questions:
        test = rule.when.get(question.id)
        if isinstance(test, tuple):
            answers[question.id] = test[0]
        elif test is not None:
            answers[question.id] = next(
                value for value in values_of(question, card) if test.holds(float(value))
            )
    return answers


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_a_more_dangerous_answer_never_lowers_the_urgency(card):
    assert not list(orders_broken(card))


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_nobody_who_does_not_breathe_waits(card):
    for question in card.questions:
        if question.id == "breathing":
            worst = question.answers[-1].value
            for answers in combinations([each for each in card.questions if each is not question], card):
                found = determine(card, {**answers, "breathing": worst})
                assert found.priority == Priority.P1, (answers, found.code)


def test_a_card_that_another_leads_to_exists_and_begins_no_less_urgent():
    cards = {card.id: card for card in CARDS}
    for card in CARDS:
        for determinant in card.determinants.values():
            if determinant.leads_to is not None:
                next_card = cards[determinant.leads_to]
                begins = determine(next_card, {})
                assert rank(begins.priority) <= rank(determinant.priority), (card.id, determinant.code)


def test_one_code_means_the_same_on_every_card():
    said: dict = {}
    for card in CARDS:
        for code, determinant in card.determinants.items():
            meaning = determinant.title, determinant.priority, determinant.needs, determinant.plan
            assert said.setdefault(code, meaning) == meaning, (card.id, code)


def test_whoever_is_not_sent_to_is_told_what_to_do():
    for card in CARDS:
        for determinant in card.determinants.values():
            if determinant.priority in (None, "P3") and card.id != "transfer":
                assert determinant.instructions, (card.id, determinant.code)


def test_compressions_come_with_a_beat_the_guidelines_allow():
    """ERC Guidelines 2021: 100 to 120 a minute."""
    beats = [
        step.metronome_bpm
        for card in CARDS
        for determinant in card.determinants.values()
        for step in determinant.instructions
        if step.metronome_bpm is not None
    ]
    assert len(beats) >= 5
    assert all(100 <= bpm <= 120 for bpm in beats)
    arrests = [card.determinants["cardiac_arrest"] for card in CARDS if "cardiac_arrest" in card.determinants]
    assert all(any(step.metronome_bpm for step in arrest.instructions) for arrest in arrests)


def test_a_published_card_never_changes_under_its_version():
    """Calls are pinned to it. A card that is to say something else gets the next version, the old text goes
    to `protocols/former`, and a line is added to `card_digests.txt`."""
    frozen = dict(line.split() for line in DIGESTS.read_text(encoding="utf-8").splitlines())
    assert {_name(shipped): digest_of(shipped.text) for shipped in shipped_cards()} == frozen


def _name(shipped: ShippedCard) -> str:
    return f"{shipped.card.id}/{shipped.card.version}"


def test_every_version_of_a_card_that_ever_came_is_still_there():
    versions: dict[str, list[int]] = {}
    for shipped in shipped_cards():
        versions.setdefault(shipped.card.id, []).append(shipped.card.version)
    for found in versions.values():
        assert found[0] == 1
        assert all(later == earlier + 1 for earlier, later in pairwise(found))


def test_a_digest_tells_any_two_texts_apart():
    assert digest_of("thẻ") == hashlib.sha256("thẻ".encode()).hexdigest() != digest_of("the")
