"""Days of the own log are asked for: the very calls once, or days like them; bad ones get a sentence."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from api.planning.ask import order_of
from api.planning.choices import choices
from api.planning.errors import STATUS
from api.planning.shelf import LogDays, Shelf
from api.schema.simulations import NewSimulation
from dispatch.city_file import load_city
from domain.errors import Refused
from tests.server import ROOT

DEMO = ROOT / "cities" / "demo"
CITY = load_city(DEMO)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ONE = {"name": "as always"}


def shelf_of(days, own):
    return Shelf("demo", DEMO, own / "map", own / "own", own / "data", lambda: days)


@pytest.fixture
def shelf(tmp_path):
    return shelf_of(LogDays(date(2026, 11, 1), NOW), tmp_path)


def asked(**facts):
    usual = {"id": UUID(int=1), "question": "And with two more?", "source": "recorded", "day": "2026-11-20"}
    return NewSimulation.model_validate({**usual, "rivals": [ONE], **facts})


def test_a_day_that_is_over_is_played_whole_and_once_with_its_very_calls(shelf, tmp_path):
    order = order_of(asked(rivals=[ONE, {"name": "closed", "closed": [CITY.hospitals[0].id]}]), CITY, shelf)
    found = order.experiment
    assert (found.days, found.hours, found.warm_up_hours, found.replications) == ("recorded", 24.0, 0.0, 1)
    assert (order.day, order.until, order.data_folder) == ("2026-11-20", "2026-11-20", str(tmp_path / "data"))
    assert found.rivals[1].closed == (CITY.hospitals[0].id,)
    assert found.begins == "2026-11-20T00:00"


def test_several_days_are_as_many_hours_and_days_like_them_have_a_warm_up(shelf):
    found = order_of(asked(until="2026-11-22", replications=20), CITY, shelf).experiment
    assert (found.days, found.hours, found.warm_up_hours, found.replications) == ("alike", 72.0, 6.0, 20)


def test_today_counts_until_now_and_no_days_like_it_are_drawn(shelf):
    assert order_of(asked(day="2026-11-23"), CITY, shelf).experiment.hours == 9.5
    assert order_of(asked(day="2026-11-22", until="2026-11-23"), CITY, shelf).experiment.hours == 33.5
    with pytest.raises(Refused, match="not over yet"):
        order_of(asked(day="2026-11-23", replications=2), CITY, shelf)


@pytest.mark.parametrize(
    ("facts", "kind", "words"),
    [
        ({"day": None}, "BadDay", "2026-11-20"),
        ({"day": "yesterday"}, "BadDay", "yesterday"),
        ({"day": "2026-02-30"}, "BadDay", "02-30"),
        ({"until": "20 Nov"}, "BadDay", "20 Nov"),
        ({"until": "2026-11-19"}, "BadDay", "2026-11-19"),
        ({"day": "2026-10-31"}, "DayNotInLog", "2026-11-01 to 2026-11-23"),
        ({"day": "2026-11-24"}, "DayNotInLog", "2026-11-24"),
        ({"day": "0001-01-01"}, "DayNotInLog", "0001"),
        ({"until": "9999-12-31"}, "DayNotInLog", "9999"),
        ({"day": "2026-11-01", "until": "2026-11-15"}, "TooManyDays", "14"),
        ({"hours": 3}, "RecordedSaysIt", "hours"),
        ({"warm_up_hours": 0}, "RecordedSaysIt", "warm_up_hours"),
        ({"begins": "2026-03-02T00:00"}, "RecordedSaysIt", "begins"),
        ({"model": "edmonton"}, "SourceSaysIt", "model"),
        ({"rivals": [{**ONE, "lines": 3}]}, "RecordedSaysIt", "rivals.0.lines"),
        ({"rivals": [{**ONE, "beds": True}]}, "RecordedSaysIt", "rivals.0.beds"),
        ({"rivals": []}, "RivalsWanted", "at least one"),
        ({"question": " "}, "QuestionWanted", "question"),
        ({"replications": 200, "day": "2026-11-01", "until": "2026-11-14"}, "TooMuchSimulated", "68400"),
    ],
)
def test_what_cannot_be_played_gets_a_sentence_in_both_languages(facts, kind, words, shelf):
    with pytest.raises(Refused, match=words) as refused:
        order_of(asked(**facts), CITY, shelf)
    assert type(refused.value).__name__ == kind
    assert STATUS[type(refused.value)] == 422
    assert "{" not in refused.value.sentence("vi")


def test_an_empty_log_offers_no_days_and_plays_none(tmp_path):
    empty = shelf_of(None, tmp_path)
    assert choices(CITY, empty, now=False, may_start=True).recorded is None
    with pytest.raises(Refused, match="nothing in the log"):
        order_of(asked(), CITY, empty)


def test_the_days_that_are_offered_are_those_of_the_log(shelf):
    told = choices(CITY, shelf, now=False, may_start=True)
    assert told.recorded is not None
    assert (told.recorded.first, told.recorded.last) == ("2026-11-01", "2026-11-23")
    assert {each.id for each in told.hospitals} == {each.id for each in CITY.hospitals}
