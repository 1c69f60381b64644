"""Whoever asks how the parts are is answered in time, whatever state they are in."""

import threading
import time

import pytest

from api.observe.vitals import State, Vital, Vitals, worst

FINE = Vital(State.WELL, {"vi": "Tốt.", "en": "Fine."})


def test_a_part_that_hangs_is_silent_and_the_others_are_heard():
    vitals = Vitals(patience_s=0.1)
    released = threading.Event()
    vitals.register("fine", lambda: FINE)
    vitals.register("hangs", lambda: released.wait(5) and FINE)
    began = time.monotonic()
    found = vitals.read()
    took = time.monotonic() - began
    released.set()
    assert found["fine"] == FINE
    assert found["hangs"].state is State.FAILED
    assert found["hangs"].sentence["en"] == "Does not answer."
    assert took < 1.0


def test_a_part_that_hangs_is_not_asked_twice_at_once_and_is_heard_when_it_answers():
    vitals = Vitals(patience_s=0.05)
    released, asked = threading.Event(), []

    def look():
        asked.append(1)
        released.wait(5)
        return FINE

    vitals.register("hangs", look)
    for _ in range(5):
        assert vitals.look("hangs")["hangs"].state is State.FAILED
    assert len(asked) == 1
    released.set()
    until = time.monotonic() + 2
    while vitals.look("hangs")["hangs"] != FINE:
        assert time.monotonic() < until


def test_a_fault_is_named_by_its_kind_and_never_quoted():
    def look():
        raise LookupError("Failing row contains (Nguyễn Văn An, 0901234567)")

    vitals = Vitals()
    vitals.register("database", look)
    found = vitals.read()["database"]
    assert found.state is State.FAILED
    assert found.sentence["en"] == "Cannot be reached (LookupError)."
    assert "An" not in str(found)
    assert "0901" not in str(found)


def test_the_same_second_is_looked_at_once_however_many_ask():
    asked = []

    def look():
        asked.append(1)
        return FINE

    vitals = Vitals(keep_s=60)
    vitals.register("fine", look)
    for _ in range(100):
        vitals.read()
    assert len(asked) == 1
    vitals.look("fine")
    assert len(asked) == 2, "who must know now is told now"


def test_a_part_that_is_registered_again_is_asked_in_its_new_way():
    vitals = Vitals(patience_s=0.05)
    vitals.register("relay", lambda: time.sleep(2))  # type: ignore[arg-type, return-value]
    assert vitals.read()["relay"].state is State.FAILED
    vitals.register("relay", lambda: FINE)
    assert vitals.read()["relay"] == FINE
    vitals.forget("relay")
    assert vitals.read() == {}


@pytest.mark.parametrize("name", ["", "Relay", "relay-1", "9", "a" * 41, "a b"])
def test_a_name_that_makes_no_figure_is_refused(name):
    with pytest.raises(ValueError, match="small letters"):
        Vitals().register(name, lambda: FINE)


def test_failed_is_worse_than_late_is_worse_than_well():
    assert worst([]) is State.WELL
    assert worst([State.LATE, State.WELL]) is State.LATE
    assert worst([State.LATE, State.FAILED, State.WELL]) is State.FAILED
