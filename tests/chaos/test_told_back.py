"""What the streams found must be told the centre, once, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

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


def note(key: str) -> dict[str, Any]:
    return {"seq": 1, "topic": "Incident.Noted", "data": {"note_id": key, "incident_id": "incident"}}


def missed(alert: Alert, noted: set[str]) -> list[str]:
    return [*untold(noted, [alert, CAME], NOW, Limits())]


def test_a_red_alert_that_is_no_note_is_seen():
    assert missed(WAITS, {KEY}) == []
    assert len(missed(WAITS, {"another"})) == 1


def test_what_need_not_be_told_is_not_missed():
    assert missed(replace(WAITS, level="amber"), set()) == []
    assert missed(replace(WAITS, ended_at=NOW), set()) == []
    assert missed(replace(WAITS, since=NOW - timedelta(days=1)), set()) == []


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
