"""A quiet centre is told from one that is gone, and how old what is known may be from how quiet it is."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from api.region.board import Board
from api.region.page import page
from api.streams.checkpoint import Checkpoint
from api.streams.presence import Presence
from projections.streams.effects import CentrePart, RegionRow

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def ago(**span):
    return NOW - timedelta(**span)


def text_of(told, language):
    return page({**told, "linked": told["listening"]}, language, {})


class Night:
    """A board that has heard of one centre; the newest fact of it is three hours old."""

    def __init__(self, newest_fact=None):
        self.board, self.now = Board(lambda: self.now), NOW
        part = CentrePart(newest_fact or ago(hours=3), 0.0, None, None, None)
        row = RegionRow(id="region", at=NOW, centres={"hcmc": part}, units={}, beds_free={}, calls=0)
        self.board.hear(msgspec.json.encode(row))

    def relay(self, at, complete_to=None):
        said = Checkpoint("hcmc", 7, "x", 1, at, complete_to or at)
        self.board.hear_sign("relay", b"hcmc", msgspec.json.encode(said))

    def centre(self, at):
        self.board.hear_sign("centres", b"hcmc", msgspec.json.encode(Presence("hcmc", at)))

    def told(self, now=NOW):
        (centre,) = self.board.page(now)["centres"]
        return centre

    def judged(self, now=NOW):
        centre = self.told(now)
        return centre["state"], centre["age_s"], centre["silent"]


def test_a_centre_in_which_nothing_happens_is_linked_and_what_is_known_of_it_is_young():
    night = Night()
    night.relay(ago(seconds=4))
    night.centre(ago(seconds=2))
    assert night.judged() == ("fresh", 4.0, [])
    assert (night.told()["heard_at"], night.told()["quiet_s"]) == (ago(hours=3).isoformat(), 10_800.0)


@pytest.mark.parametrize(("age_s", "state"), [(29, "fresh"), (31, "late"), (119, "late"), (121, "cut_off")])
def test_one_whose_relay_is_silent_is_late_and_then_cut_off_though_the_centre_speaks(age_s, state):
    night = Night()
    night.relay(ago(seconds=age_s))
    night.centre(NOW)
    assert night.judged() == (state, age_s, ["relay"] if state != "fresh" else [])


@pytest.mark.parametrize(("age_s", "state"), [(31, "late"), (121, "cut_off")])
def test_one_that_is_silent_itself_is_late_and_then_cut_off_though_its_relay_speaks(age_s, state):
    night = Night()
    night.relay(ago(seconds=1))
    night.centre(ago(seconds=age_s))
    assert night.judged() == (state, 1.0, ["centre"])


def test_while_a_long_night_is_caught_up_with_it_is_linked_but_late_by_its_age():
    night = Night()
    night.relay(NOW, complete_to=ago(hours=1))
    assert night.judged() == ("late", 3600.0, [])


def test_a_relay_that_says_nothing_of_time_is_judged_by_the_newest_fact():
    night = Night(newest_fact=ago(seconds=40))
    night.relay(None)
    assert night.judged() == ("late", 40.0, ["relay"])


def test_of_a_centre_that_spoke_and_sent_nothing_the_page_says_so():
    board = Board(lambda: NOW)
    board.hear_sign("centres", b"new", msgspec.json.encode(Presence("new", NOW)))
    (centre,) = board.page(NOW)["centres"]
    assert (centre["state"], centre["age_s"], centre["silent"]) == ("cut_off", None, ["relay"])
    assert "■ cut off<small>its relay has not reported yet</small>" in text_of(board.page(NOW), "en")


def test_a_clock_that_runs_a_day_ahead_keeps_no_dead_relay_alive():
    night = Night()
    night.relay(NOW + timedelta(days=1))
    night.centre(NOW)
    assert night.judged()[0] == "fresh"
    night.board.hear_sign("centres", b"hcmc", None)
    assert night.judged(NOW + timedelta(minutes=3)) == ("cut_off", 180.0, ["relay"])


@pytest.mark.parametrize("wrong", [timedelta(minutes=20), -timedelta(minutes=20)])
def test_by_the_broker_s_time_no_clock_of_a_centre_makes_it_young_or_old(wrong):
    night = Night()
    relay = Checkpoint("hcmc", 7, "x", 1, ago(minutes=3) + wrong, ago(minutes=3, seconds=5) + wrong)
    centre = Presence("hcmc", ago(minutes=3) + wrong)
    for _ in range(2):  # a page that begins anew reads the same words again
        night.board.hear_sign("relay", b"hcmc", msgspec.json.encode(relay), ago(minutes=3))
        night.board.hear_sign("centres", b"hcmc", msgspec.json.encode(centre), ago(minutes=3))
    assert night.judged() == ("cut_off", 185.0, ["relay", "centre"])
    night.board.hear_sign("relay", b"hcmc", msgspec.json.encode(relay), NOW)
    night.board.hear_sign("centres", b"hcmc", msgspec.json.encode(centre), NOW)
    assert night.judged() == ("fresh", 5.0, [])


def test_an_older_sign_that_comes_late_changes_nothing():
    night = Night()
    for seconds in (4, 90):
        night.relay(ago(seconds=seconds))
        night.centre(ago(seconds=seconds))
    assert night.judged() == ("fresh", 4.0, [])


def test_an_empty_record_takes_back_who_spoke():
    night = Night()
    night.relay(ago(seconds=1))
    night.centre(ago(hours=5))
    night.board.hear_sign("centres", b"hcmc", None)
    assert night.judged() == ("relay_only", 1.0, [])
    night.board.hear_sign("relay", b"hcmc", None)
    assert night.judged() == ("cut_off", 10_800.0, ["relay"])


@pytest.mark.parametrize("value", [b"no JSON", b'{"centre":"\xff"}', b"[" * 5000, b'{"centre":"hcmc"}'])
def test_a_sign_that_cannot_be_read_is_counted_and_changes_nothing(value):
    night = Night()
    night.relay(ago(seconds=4))
    night.board.hear_sign("relay", b"hcmc", value)
    night.board.hear_sign("centres", b"hcmc", value)
    assert night.board.unread == 2
    assert night.judged() == ("relay_only", 4.0, [])


def test_the_page_tells_how_old_and_how_quiet_in_both_languages():
    night = Night()
    night.relay(ago(seconds=4))
    night.centre(ago(seconds=2))
    english, vietnamese = (text_of(night.board.page(NOW), each) for each in ("en", "vi"))
    assert all(each in english for each in ("● linked", "4 s ago", "3 h 00 ago", "Newest fact or position"))
    assert all(each in vietnamese for each in ("● đang nối", "4 giây trước", "3 giờ 00 trước"))


def test_each_that_is_silent_has_an_age_of_its_own():
    """The relay's age beside the silence of the centre looked like the age of that silence."""
    night = Night()
    night.relay(ago(seconds=2))
    night.centre(ago(minutes=5))
    assert night.told()["spoke_s"] == {"relay": 2.0, "centre": 300.0}
    assert "■ cut off<small>the centre silent for 5:00 min</small>" in text_of(night.board.page(NOW), "en")
    night = Night()
    night.relay(ago(seconds=75))
    night.centre(ago(seconds=40))
    said = "▲ chậm<small>bộ chuyển tiếp im lặng 1:15 phút</small><small>trung tâm im lặng 40 giây</small>"
    assert said in text_of(night.board.page(NOW), "vi")


def test_where_only_the_relay_ever_spoke_nobody_is_called_linked():
    night = Night()
    night.relay(ago(seconds=2))
    assert night.judged() == ("relay_only", 2.0, [])
    said = text_of(night.board.page(NOW), "en")
    assert "▲ relay only<small>the centre itself does not report</small>" in said
    assert "linked" not in said
    night = Night()
    night.relay(ago(minutes=3))
    said = "■ cut off<small>its relay silent for 3:00 min</small><small>the centre itself does not report"
    assert said in text_of(night.board.page(NOW), "en")


def test_while_the_page_itself_hears_nothing_it_accuses_nobody_and_tells_when_each_was_heard_last():
    night = Night()
    night.relay(ago(minutes=5))
    night.centre(ago(minutes=4))
    told = night.board.page(NOW, listening_since=None)
    (centre,) = told["centres"]
    assert (centre["state"], centre["age_s"], centre["silent"]) == ("unknown", 300.0, [])
    said = text_of(told, "en")
    assert "This page has no Kafka" in said
    assert "? unknown<small>its relay spoke 5:00 min ago</small><small>the centre spoke 4:00 min ago" in said
    assert not any(word in said.partition("<main>")[2] for word in ("silent", "■", "▲"))


@pytest.mark.parametrize(("listened_s", "state"), [(29, "unknown"), (30, "cut_off")])
def test_who_could_not_be_heard_is_not_called_silent_before_they_had_time_to_speak(listened_s, state):
    night = Night()
    night.relay(ago(minutes=5))
    (centre,) = night.board.page(NOW, ago(seconds=listened_s))["centres"]
    assert centre["state"] == state
    night.relay(ago(seconds=1))
    night.centre(ago(seconds=1))
    (centre,) = night.board.page(NOW, ago(seconds=listened_s))["centres"]
    assert centre["state"] == "fresh", "whoever speaks is heard at once"
