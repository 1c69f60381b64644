"""Whose states count when two workers believe that a partition is theirs."""

import pytest

from api.streams.claims import HEADER, Held, Kept, claim_of, claim_record, mark
from api.streams.shelves import state_key
from projections.streams.fold import Limits
from projections.streams.plan import folds
from projections.streams.shelf import Shelf

K, OTHER = state_key(0, "figures|hcmc"), state_key(0, "runs|hcmc/1")
CLAIMED = claim_record(0).key, b"", None


def read(*records: tuple[int, bytes | None, bytes | None, int | None]) -> Kept:
    """Each: its place, key, value, and the claim it was kept under."""
    kept = Kept()
    for offset, key, value, claim in records:
        kept.hear(offset, key, value, [] if claim is None else mark(claim))
    return kept


def test_the_last_word_of_whoever_claimed_last_counts():
    kept = read((0, *CLAIMED), (1, K, b"a", 0), (2, *CLAIMED), (3, K, b"b", 2), (4, K, b"a", 0))
    assert kept.states == {"figures|hcmc": b"b"}
    assert kept.stale == {"figures|hcmc"}


def test_what_a_worker_from_before_writes_first_after_a_claim_does_not_count_either():
    kept = read((0, *CLAIMED), (1, K, b"a", 0), (2, *CLAIMED), (3, K, b"late", 0))
    assert kept.states == {"figures|hcmc": b"a"}
    assert kept.stale == {"figures|hcmc"}


def test_a_state_that_was_forgotten_is_not_brought_back():
    kept = read((0, *CLAIMED), (1, K, b"a", 0), (2, *CLAIMED), (3, K, None, 2), (4, K, b"a", 0))
    assert kept.states == {}
    assert kept.stale == {"figures|hcmc"}


def test_a_state_that_was_kept_again_is_stale_no_more():
    kept = read((2, *CLAIMED), (3, K, b"b", 2), (4, K, b"a", 0), (5, K, b"b", 2))
    assert kept.stale == set()


def test_compaction_may_take_a_claim_away_but_not_what_it_meant():
    """The claim at 2 is gone, since there is a later one; what was kept under it tells of it."""
    kept = read((3, OTHER, b"x", 2), (4, K, b"late", 0), (5, *CLAIMED))
    assert kept.states == {"runs|hcmc/1": b"x"}
    assert kept.stale == {"figures|hcmc"}


def test_states_from_before_there_were_claims_count_until_the_first():
    kept = read((0, K, b"a", None), (1, *CLAIMED), (2, OTHER, b"x", None))
    assert kept.states == {"figures|hcmc": b"a"}
    assert claim_of([]) == -1


def test_records_that_follow_each_other_leave_no_room_for_others():
    held = Held(claim=7, end=8)
    assert held.follows([8, 9, 10])
    assert held.follows([9, 8])
    assert not held.follows([9, 10])
    assert not held.follows([8, 10])
    assert not held.follows([-1])


def test_what_is_stale_is_kept_again_though_it_did_not_change():
    shelf = Shelf(folds(Limits()))
    assert shelf.changed() == {}
    shelf.touch({"figures|hcmc"})
    assert shelf.changed() == {"figures|hcmc": None}


@pytest.mark.parametrize(
    "key", [b"", b"nonsense", b"\xff|figures|hcmc", b"x|figures|hcmc", b"0", b"9" * 5000]
)
def test_a_key_that_is_none_is_passed_over(key):
    kept = read((0, *CLAIMED), (1, K, b"a", 0), (2, key, b"b", 0))
    assert (kept.states, kept.stale, kept.claim) == ({"figures|hcmc": b"a"}, set(), 0)
    assert kept.unread == [2]


@pytest.mark.parametrize("claim", [b"", b"first", b"\xff", b"9" * 5000, b"9" * 30, b"3", None])
def test_a_claim_that_is_none_counts_for_nothing_and_its_state_is_kept_again(claim):
    """One that names its own place, or one that is to come, would leave nobody else a word."""
    kept = read((0, *CLAIMED), (1, K, b"a", 0))
    kept.hear(3, K, b"b", [(HEADER, claim)])
    assert (kept.states, kept.stale, kept.claim) == ({"figures|hcmc": b"a"}, {"figures|hcmc"}, 0)
    kept.hear(4, OTHER, b"x", mark(0))
    assert kept.states["runs|hcmc/1"] == b"x"
