"""`vigil report` and `vigil replay` read a log beside whoever writes it, and refuse in a sentence."""

import json

from typer.testing import CliRunner

from api.cli.main import app
from dispatch.application import sqlite_log
from domain.decision import Decision
from tests.builders import NOON, an_act, an_id, minutes


def a_log(folder) -> None:
    log = sqlite_log(str(folder / "events.sqlite"))
    decision = Decision(
        decision_id=an_id("decision"), incident_id=an_id(), run_id=an_id(), advice={"units": []}, act=an_act()
    )
    decision.override(
        incident_number=7, priority="P2", run_id=an_id(), callsign="C2", instead="C1", code="road",
        reason="road: ngập", given_up_s=30.0, act=an_act(minutes(5)),
    )  # fmt: skip
    log.record(decision)
    log.close()


def said(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_weekly_report_counts_by_reason_and_by_dispatcher(tmp_path):
    a_log(tmp_path)
    day = f"{NOON:%Y-%m-%d}"
    period = "--from", f"{day}T00:00:00", "--to", f"{day}T23:59:59"
    told = said("report", "overrides", "--data", tmp_path, *period)
    assert told.exit_code == 0, told.output
    assert "1 overrides" in told.output
    assert "road" in told.output
    found = json.loads(said("report", "overrides", "--data", tmp_path, *period, "--json").output)
    assert found["by_dispatcher"] == [{"name": "dispatcher", "count": 1, "given_up_s": 30.0}]
    assert (
        json.loads(said("report", "overrides", "--data", tmp_path, "--json").output)["count"] == 0
    )  # last week


def test_where_there_is_no_log_a_sentence_says_so(tmp_path):
    for words in (("report", "overrides"), ("replay", an_id("decision"))):
        told = said(*words, "--data", tmp_path)
        assert (told.exit_code, "There is no event log" in told.output) == (2, True)


def test_an_old_decision_and_an_unknown_one_are_refused(tmp_path):
    a_log(tmp_path)
    told = said("replay", an_id("decision"), "--data", tmp_path)
    assert (told.exit_code, "older version" in told.output) == (2, True)
    told = said("replay", an_id("nobody's"), "--data", tmp_path)
    assert (told.exit_code, "There is no decision" in told.output) == (2, True)
