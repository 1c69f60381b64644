"""Prometheus itself judges the alerts: each one is silent at its limit and fires in time beyond it."""

import json
import re
import shutil
import subprocess

import pytest
import yaml

from tests.architecture.alert_cases import CASES, Case
from tests.server import ROOT

FILES = ROOT / "deploy" / "prometheus"
PROMTOOL = shutil.which("promtool")
RULES = {
    rule["alert"]: rule
    for group in yaml.safe_load((FILES / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
}

with_promtool = pytest.mark.skipif(PROMTOOL is None, reason="no promtool here (Debian: prometheus)")


def promtool(*words):
    done = subprocess.run([str(PROMTOOL), *words], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def told(case: Case):
    """What promtool expects of a case that fires."""
    rule = RULES[case.alert]
    words = list(case.words)
    annotations = {}
    for name, text in rule["annotations"].items():
        places = re.findall(r"\{\{.*?\}\}", text)
        for place, word in zip(places, words, strict=bool(places)):
            text = text.replace(place, word)
        annotations[name] = text
    return {"exp_labels": {**rule["labels"], **case.labels}, "exp_annotations": annotations}


def asked(case: Case):
    moments = ((case.silent, []), (case.fires, [told(case)] if case.fires else []))
    return [
        {"eval_time": moment, "alertname": case.alert, "exp_alerts": expected}
        for moment, expected in moments
        if moment
    ]


def tried(case: Case):
    series = [{"series": name, "values": values} for name, values in case.series.items()]
    return {"interval": "15s", "input_series": series, "alert_rule_test": asked(case)}


@with_promtool
def test_each_alert_is_silent_at_its_limit_and_fires_in_time_beyond_it(tmp_path):
    files = []
    for alert, rule in RULES.items():  # each among no others: all of them at once take promtool ten seconds
        rules, cases = tmp_path / f"{alert}-rule.yml", tmp_path / f"{alert}.yml"
        rules.write_text(json.dumps({"groups": [{"name": alert, "rules": [rule]}]}))
        tests = [tried(case) for case in CASES if case.alert == alert]
        whole = {"rule_files": [rules.name], "evaluation_interval": "15s", "tests": tests}
        cases.write_text(json.dumps(whole))
        files.append(str(cases))
    code, said = promtool("test", "rules", *files)
    assert (code, said.count("SUCCESS")) == (0, len(RULES)), said


def test_every_alert_has_a_moment_at_which_it_fires_and_one_at_which_it_does_not():
    assert [alert for alert in RULES if not any(c.alert == alert and c.fires for c in CASES)] == []
    assert [alert for alert in RULES if not any(c.alert == alert and c.silent for c in CASES)] == []
    assert {case.alert for case in CASES} <= set(RULES)


@with_promtool
def test_prometheus_takes_what_it_is_given_to_scrape_and_to_watch():
    code, said = promtool("check", "config", "--lint=all", "--lint-fatal", str(FILES / "prometheus.yml"))
    assert code == 0, said
