"""The sentences of the status page are grammar, also where there is one of a thing."""

from collections import namedtuple

import pytest

from api.observe.of_centre import of_feeds
from api.observe.of_log import facts, of_disk
from api.observe.vitals import State

Usage = namedtuple("Usage", "total used free")


class Backlog:
    """In the place of a feed: so many screens, and how long each has taken nothing."""

    def __init__(self, *seconds):
        self._seconds = seconds

    def backlog(self):
        return [(0, each) for each in self._seconds]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ((), "0 screens are connected."),
        ((0.0,), "1 screen is connected."),
        ((0.0, 9.0), "2 screens are connected, 1 does not keep up."),
        ((9.0, 9.0), "2 screens are connected, 2 do not keep up."),
    ],
)
def test_one_screen_is_and_two_are(seconds, said):
    assert of_feeds(Backlog(*seconds)).sentence["en"] == said


def test_the_disk_has_a_comma_in_vietnamese_and_a_point_in_english(monkeypatch, tmp_path):
    monkeypatch.setattr(
        "api.observe.of_log.shutil.disk_usage", lambda folder: Usage(10**12, 0, 62_500_000_000)
    )
    told = of_disk(tmp_path)
    assert told.sentence == {"vi": "Ổ đĩa còn trống 62,5 GB.", "en": "62.5 GB of disk are free."}
    assert told.state is State.WELL


def test_one_fact_is_no_facts():
    assert (facts(0), facts(1), facts(2)) == ("0 facts", "1 fact", "2 facts")
