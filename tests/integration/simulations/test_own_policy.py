"""A policy of one's own on the lean path: asked in Python, it is the same night to the last bit."""

import numpy as np
import pytest

from simulations import Asked, BadAnswer, Candidate, Freed, Own, Post, Rival, simulate
from simulations.own.step import DOING
from tests.letters_service import letters

PLAIN = Rival("as compiled")


def closest(asked: Asked) -> Candidate | None:
    able = [each for each in asked.free if each.able] or asked.free
    return able[0] if able else None


def home(freed: Freed) -> None:
    return None


def same(one, other) -> bool:
    return all(
        left.tobytes() == right.tobytes()
        for mine, theirs in ((one.incidents, other.incidents), (one.served, other.served))
        for left, right in zip(mine, theirs, strict=True)
    ) and (one.homeward_m.tobytes() == other.homeward_m.tobytes())


@pytest.mark.parametrize(
    "like",
    [
        PLAIN,
        Rival("beds", beds=True),
        Rival("goes where missed", move_up="dmexclp"),
        Rival("mended", move_up="mended"),
    ],
    ids=lambda rival: rival.name,
)
def test_the_closest_asked_in_python_is_the_compiled_one_bit_for_bit(like):
    """Over drawn days with shifts, a pace by the hour, and queues."""
    nights = letters().nights(hours=24, replications=4, seed=7)
    played = simulate(nights, [like, Own("asked", whom=closest, like=like)])
    compiled, asked = played.replications.values()
    assert all(same(one, other) for one, other in zip(compiled, asked, strict=True))
    waited = [(night.served.sent_s > night.incidents.opened_s).any() for night in compiled]
    assert any(waited), "somebody waited, so the queue was asked about too"


def test_who_always_sends_home_does_as_always_and_who_sends_elsewhere_does_not():
    nights = letters().nights(hours=12, replications=2, seed=3)

    def away(freed: Freed) -> Post | None:
        return next((post for post in freed.posts if not post.home), None)

    played = simulate(nights, [PLAIN, Own("home", where=home), Own("away", where=away)])
    as_always, asked, elsewhere = played.replications.values()
    assert all(same(one, other) for one, other in zip(as_always, asked, strict=True))
    assert not any(same(one, other) for one, other in zip(as_always, elsewhere, strict=True))


def test_what_is_shown_is_what_a_desk_knows_at_that_moment():
    nights = letters().nights(hours=12, replications=1, seed=5)
    seen = []

    def look(asked: Asked) -> str | None:
        free = asked.free
        assert free == sorted(free)
        assert {each.unit for each in free} == set(np.flatnonzero(np.isfinite(asked.seconds)).tolist())
        assert all(asked.free_units[each.unit] and asked.words(each.unit) == "free" for each in free)
        assert asked.rang_s <= asked.now_s
        assert asked.clock.utcoffset() is not None
        for each in free:
            reach_s = asked.reach_s(each.unit)
            place = asked.run.incidents.place[asked.incident]
            assert reach_s[place] == pytest.approx(each.seconds, abs=0.06)
        seen.append({asked.words(unit) for unit in range(len(asked.known.callsigns))})
        return free[0].callsign if free else None

    done = simulate(nights, [Own("looks", whom=look)]).replications["looks"][0]
    assert len(seen) >= len(done.served.unit) > 50
    assert set.union(*seen) == set(DOING)
    assert letters().demand.sum() == pytest.approx(1.0)


def test_who_lets_everybody_wait_serves_nobody():
    played = simulate(letters().nights(6, 1), [Own("waits", whom=lambda asked: None)])
    assert played.values["waits"]["unserved"] == [1.0]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("NOBODY", "'NOBODY'; that is no unit"), (None, "is not free")],
)
def test_an_answer_that_cannot_be_is_told_in_a_sentence(answer, sentence):
    def odd(asked: Asked) -> str | Candidate | None:
        busy = np.flatnonzero(~asked.free_units)
        if answer is not None or not len(busy):
            return answer or closest(asked)
        return asked.known.callsigns[int(busy[0])]

    with pytest.raises(BadAnswer, match=sentence):
        simulate(letters().nights(24, 1), [Own("odd", whom=odd)])


def test_a_post_that_is_none_is_told_in_a_sentence():
    with pytest.raises(BadAnswer, match="to 'Atlantis'; to no such post"):
        simulate(letters().nights(24, 1), [Own("odd", where=lambda freed: "Atlantis")])
