"""What the streams found must be told the centre, once, and nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from projections.streams.effects import Alert, Proposal, effect_id
from projections.streams.fold import Limits
from tests.chaos.impatient import LIMITS_S, impatient
from tests.chaos.told_back import limits_of_city, misspoken, untold
from tests.server import letter_town_ground

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WAITS = Alert(
    id="alert", kind="waiting_incident", level="red", centre="letters", subject="incident",
    since=NOW - timedelta(seconds=40), incident_id="incident",
)  # fmt: skip
CAME = Proposal(
    id="proposal", kind="arrived_scene", centre="letters", subject="run", run_id="run",
    incident_id="incident", callsign="C1", place_id="incident", at=NOW, lat=10.75, lon=106.65, accuracy_m=6.0,
)  # fmt: skip
KEY = effect_id("alert", "red")


def fact(topic: str, seq: int = 1, **data: str) -> dict[str, Any]:
    said = {"incident_id": "incident", "run_id": "run", **data}
    return {"seq": seq, "topic": topic, "at": NOW.isoformat(), "data": said}


def note(key: str, seq: int = 1) -> dict[str, Any]:
    return fact("Incident.Noted", seq, note_id=key)


def missed(*alerts: Alert | Proposal, log: Sequence[dict[str, Any]] = ()) -> int:
    """Of alerts that came in one partition."""
    return len([*untold(log, [[*alerts, CAME]], NOW, Limits())])


def test_a_red_alert_that_is_no_note_is_seen():
    assert missed(WAITS, log=[note(KEY)]) == 0
    assert missed(WAITS, log=[note("another")]) == 1


def test_what_need_not_be_told_is_not_missed():
    assert missed(replace(WAITS, level="amber")) == 0
    assert missed(replace(WAITS, ended_at=NOW)) == 0
    assert missed(replace(WAITS, since=NOW - timedelta(days=1))) == 0


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (fact("Incident.RunOpened"), True),
        ({**fact("Incident.RunOpened"), "at": WAITS.since.isoformat()}, False),
        (fact("Incident.RunOpened", incident_id="another"), False),
        (fact("Incident.Closed"), True),
        (fact("Incident.Reprioritised"), False),
        (fact("Run.Progressed", milestone="declined"), False),
        (fact("Run.Progressed", milestone="clear"), True),
    ],
    ids=lambda said: said["topic"] if isinstance(said, dict) else said,
)
def test_an_incident_that_was_served_or_is_over_need_not_be_said_to_wait(
    answer: dict[str, Any], counts: bool
):
    assert missed(WAITS, log=[answer]) == (0 if counts else 1)


@pytest.mark.parametrize(
    ("kind", "milestone", "counts"),
    [
        ("late_acknowledgement", "accepted", True),
        ("late_acknowledgement", "declined", True),
        ("long_on_scene", "on_scene", False),
        ("long_on_scene", "patient_contact", False),
        ("long_on_scene", "transporting", True),
        ("long_on_scene", "stood_down", True),
        ("long_handover", "at_hospital", False),
        ("long_handover", "handed_over", True),
    ],
)
def test_a_run_that_went_on_need_not_be_said_to_wait(kind: str, milestone: str, counts: bool):
    late = replace(WAITS, kind=kind, run_id="run")
    assert missed(late, log=[fact("Run.Progressed", milestone=milestone)]) == (0 if counts else 1)
    assert missed(replace(late, run_id="another"), log=[fact("Run.Progressed", milestone=milestone)]) == 1


def test_an_answer_that_came_after_the_alert_had_been_told_is_no_excuse():
    """What came behind it in its partition was a note before that."""
    log = [note("proposal", 5), fact("Incident.RunOpened", 6)]
    assert missed(WAITS, log=log) == 1
    assert missed(WAITS, log=[note("proposal", 5), fact("Incident.RunOpened", 4)]) == 0
    assert [*untold(log, [[WAITS], [CAME]], NOW, Limits())] == [], "of another partition nobody knows"
    assert [*untold(log, [[CAME, WAITS]], NOW, Limits())] == [], "nor of what came before"


def test_what_is_found_again_says_nothing_of_when_others_were_told():
    log = [note("proposal", 5), fact("Incident.RunOpened", 6)]
    assert [*untold(log, [[CAME, WAITS, CAME]], NOW, Limits())] == []


def test_each_note_is_wanted_and_stands_once():
    assert [*misspoken([note(KEY), note("proposal")], [WAITS, WAITS, CAME])] == []


def test_a_note_that_stands_twice_is_seen():
    assert len([*misspoken([note(KEY), note(KEY)], [WAITS])]) == 1


def test_a_note_that_nobody_asked_for_is_seen():
    assert len([*misspoken([note("made up")], [WAITS, CAME])]) == 1
    assert len([*misspoken([note(KEY)], [replace(WAITS, level="amber")])]) == 1


def test_what_a_replay_found_under_another_id_is_seen():
    assert len([*misspoken([], [WAITS, replace(WAITS, id="another")])]) == 1
    assert len([*misspoken([], [CAME, replace(CAME, id="another")])]) == 1
    assert [*misspoken([], [WAITS, replace(WAITS, id="another", since=NOW)])] == []


def test_the_people_of_a_storm_wait_for_nothing(tmp_path):
    limits = limits_of_city(impatient(letter_town_ground(), tmp_path))
    assert (limits.acknowledge.amber_s, limits.acknowledge.red_s) == LIMITS_S["acknowledge"]
    assert {(limit.amber_s, limit.red_s) for limit in limits.queue.values()} == {LIMITS_S["queue"]}
