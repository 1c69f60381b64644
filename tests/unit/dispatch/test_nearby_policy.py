"""What a call may be about: place, time, kind and telephone, with reasons."""

import pytest

from dispatch.policies.call_rules import CallRules
from dispatch.policies.nearby import OpenIncident, Said, proposals, telling_words
from domain.values import Position
from tests.builders import HERE, NOON, minutes

RULES = CallRules()
METRE = 1 / 111_195


def an_open(number=1, metres=0.0, at=-1.0, complaint="Tai nạn xe máy", **facts):
    position = Position(HERE.lat + metres * METRE, HERE.lon)
    return OpenIncident(f"{number}", number, position, minutes(at), complaint, **facts)


def score(said, incident):
    found = proposals(said, [incident], RULES)
    return found[0].score if found else 0.0


def test_nearer_newer_and_of_the_same_kind_scores_more():
    said = Said(NOON, HERE, "xe máy bị tai nạn")
    best = score(said, an_open())
    assert best == pytest.approx(0.5 + 0.25 * (1 - 60 / 900) + 0.25, abs=0.001)
    assert best > score(said, an_open(metres=150)) > score(said, an_open(metres=290))
    assert best > score(said, an_open(at=-14))
    assert best > score(said, an_open(complaint="sốt cao co giật"))


def test_the_same_determinant_is_the_same_kind_and_another_is_not():
    said = Said(NOON, HERE, "", determinant="trauma_major")
    same, other = an_open(determinant="trauma_major"), an_open(determinant="birth")
    assert score(said, same) - score(said, other) == pytest.approx(0.25)


def test_the_same_telephone_says_more_than_place_and_time_for_an_hour():
    said = Said(NOON, None, "sao chưa đến", phone="+84901")
    (found,) = proposals(said, [an_open(at=-50, phones=frozenset({"+84901"}))], RULES)
    assert (found.score, found.distance_m) == (0.9, None)
    assert proposals(said, [an_open(at=-61, phones=frozenset({"+84901"}))], RULES) == []
    assert proposals(said, [an_open(phones=frozenset({"+84902"}))], RULES) == []


def test_five_calls_within_150_metres_and_five_minutes_all_propose_the_one_incident():
    crash = an_open(number=7, at=-5)
    others = [an_open(number=8, metres=-280, at=-14, complaint="đau bụng")]
    for metres, words in (
        (10, "đụng xe"),
        (60, "tai nạn"),
        (110, "có người nằm đường"),
        (149, "xe tải"),
        (150, ""),
    ):
        said = Said(NOON, Position(HERE.lat + metres * METRE, HERE.lon), words)
        assert proposals(said, [*others, crash], RULES)[0].number == 7


def test_every_proposal_says_why_in_both_languages():
    (found,) = proposals(Said(NOON, HERE, "tai nan"), [an_open(metres=80)], RULES)
    assert [reason["en"] for reason in found.reasons] == [
        "80 m apart",
        "1 min ago",
        "100 % of the words alike",
    ]
    assert all(reason["vi"] for reason in found.reasons)


def test_words_are_compared_without_case_diacritics_and_fillers():
    assert telling_words("Bị TAI NẠN ở Đường") == {"tai", "nan", "duong"}
