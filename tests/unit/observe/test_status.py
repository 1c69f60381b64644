"""The status page says how it is: in a line, in two languages, to anybody; it needs no internet."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.observe.status import Status, overall
from api.observe.status_page import HEADERS, page
from api.observe.vitals import State, Vital

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = datetime(2026, 3, 2, 21, 4, 5, tzinfo=UTC)


def a_vital(state=State.WELL, words="ok"):
    return Vital(state, {"vi": f"{words} (vi)", "en": f"{words} (en)"})


def a_status(standing=(), /, **parts):
    return Status(
        state=overall(parts),
        now=NIGHT,
        started_at=NIGHT,
        city={"vi": "Thành phố Hồ Chí Minh", "en": "Ho Chi Minh City"},
        parts=parts,
        alarms=list(standing),
        versions={"vigil": "1.2", "map": "hcmc-1"},
    )


def test_without_log_or_views_no_call_can_be_taken_without_others_it_can():
    well, failed = a_vital(), a_vital(State.FAILED)
    assert overall({"log": well, "view": well, "roads": well}) is State.WELL
    assert overall({"log": well, "view": well, "roads": failed}) is State.LATE
    assert overall({"log": failed, "view": well, "roads": well}) is State.FAILED
    assert overall({"log": well, "view": failed}) is State.FAILED
    assert overall({"log": well, "view": replace(well, state=State.LATE)}) is State.LATE


@pytest.mark.parametrize(("language", "heading"), [("vi", "Hoạt động bình thường"), ("en", "All is well")])
def test_it_says_the_state_the_time_of_the_place_and_each_part(language, heading):
    text = page(a_status(log=a_vital(), view=a_vital(words="views")), language, SAIGON)
    assert f'<html lang="{language}">' in text
    assert f"{heading}</h1>" in text
    assert ">04:04:05</time>" in text
    assert "docs/operator.md" not in text
    assert f"views ({language})" in text
    assert "hcmc-1" in text


def test_what_is_not_well_stands_first():
    parts = {
        "log": a_vital(),
        "roads": a_vital(State.FAILED, "no roads"),
        "disk": a_vital(State.LATE, "full"),
    }
    text = page(a_status(**parts), "en", SAIGON)
    assert text.index("no roads") < text.index("full") < text.index("ok (en)")
    assert "Working, with trouble" in text


def test_where_no_call_can_be_taken_it_says_what_to_do_meanwhile():
    text = page(a_status(log=a_vital(State.FAILED)), "en", SAIGON)
    assert "No call can be taken</h1>" in text
    assert "on paper" in text
    assert "docs/operator.md" in text


def test_alarms_are_told_in_their_own_words_with_their_beginning():
    alarm = {
        "code": "roads",
        "text": {"vi": "Đường <hỏng>", "en": "Roads <fail>"},
        "since": NIGHT.isoformat(),
    }
    text = page(a_status([alarm], log=a_vital(), alarms=a_vital(State.LATE, "1 alarm.")), "en", SAIGON)
    assert "Roads &lt;fail&gt;" in text
    assert "since 03/03 04:04" in text
    assert "1 alarm." not in text, "the count beside the alarms themselves says nothing"


def test_it_fetches_nothing_and_runs_no_script():
    text = page(a_status(log=a_vital()), "vi", SAIGON)
    assert not re.search(r"<(script|img|link|iframe|object)|@import|url\(|src=|https?:", text)
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]
    assert re.search(r'http-equiv="refresh" content="\d+"', text)


def test_a_part_nobody_named_yet_goes_by_its_own_name():
    assert "<b>canary</b>" in page(a_status(canary=a_vital()), "en", SAIGON)


def test_the_twin_says_the_same():
    said = a_status(log=a_vital(), view=Vital(State.LATE, {"vi": "x", "en": "y"}, 3, 1.25)).as_json()
    assert said["state"] == "late"
    assert said["parts"][1] == {
        "name": "view",
        "state": "late",
        "lag_events": 3,
        "lag_s": 1.2,
        "sentence": {"vi": "x", "en": "y"},
    }
