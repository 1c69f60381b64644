"""A moment of the desk, kept for a simulation that may begin after an update."""

import pickle

import pytest

from simulations.asked.now import OtherVersion, read_now


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"cno.such.module\nThing\n.",
        b"csimulations.asked.now\nNoSuchClass\n.",
        pickle.dumps(("too", "few")),
    ],
)
def test_what_other_sources_kept_is_said_so_and_is_no_fault_of_the_program(kept):
    with pytest.raises(OtherVersion, match="Ask again"):
        read_now(kept)
