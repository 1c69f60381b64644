from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.desk_alarm import DeskAlarm, Kind
from domain.incident import Incident
from domain.run import Run
from domain.run_course import NEXT
from domain.values import BedKind, Milestone, Position
from projections import (
    alarm_words,
    assignment_words,
    call_words,
    care_words,
    choosing_words,
    triage_words,
    words,
)
from projections.sentences import read_timeline
from projections.timeline import Timeline
from tests.histories import ED, ICU, World
from tests.unit.projections.folding import after, views_of

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
VOCABULARIES = (words, alarm_words, assignment_words, call_words, care_words, choosing_words, triage_words)


@pytest.fixture
def world():
    world = World()
    for callsign in world.callsigns:
        world.sign(callsign)
    return world


def timeline(world, incident):
    return read_timeline(str(incident.id), views_of(world), SAIGON)


def told(world, incident, language="en"):
    return [entry["text"][language] for entry in timeline(world, incident)]


def test_an_emergency_reads_as_a_dispatcher_would_write_it(world):
    call = world.call("khó thở", caller_name="Bà Lan", address="12 Lý Thường Kiệt")
    world.triage(call, "P1")
    incident = world.open(call, "P1")
    run = world.send("C1", incident, "cho-ray", ED, eta_s=240)
    for milestone in ("accepted", "en_route", "on_scene", "patient_contact", "transporting", "at_hospital"):
        world.progress(run, Milestone(milestone))
    world.progress(run, Milestone.HANDED_OVER)
    world.progress(run, Milestone.CLEAR)
    world.close(incident, "xong")
    assert told(world, incident, "vi") == [
        "Tiếp nhận cuộc gọi từ Bà Lan (0900000001): khó thở.",
        "Phân loại cuộc gọi: Khó thở nặng, mức P1.",
        "Mở vụ #1, mức P1, 1 bệnh nhân, tại 12 Lý Thường Kiệt (10.78000, 106.70000): khó thở.",
        "Điều C1 đến hiện trường. Dự kiến đến hiện trường lúc 12:04:00. Nơi đến: Bệnh viện Chợ Rẫy.",
        "Kíp C1 được báo lời người gọi: “khó thở — 12 Lý Thường Kiệt”.",
        "Giữ một giường cấp cứu tại Bệnh viện Chợ Rẫy cho C1 đến 12:30:00.",
        "C1 đã nhận lệnh.",
        "C1 đã xuất phát.",
        "C1 đã đến hiện trường.",
        "C1 đã gặp người bệnh.",
        "C1 đang chở người bệnh đến Bệnh viện Chợ Rẫy.",
        "C1 đã đến Bệnh viện Chợ Rẫy.",
        "Người bệnh đã vào giường cấp cứu giữ tại Bệnh viện Chợ Rẫy.",
        "C1 đã bàn giao người bệnh cho Bệnh viện Chợ Rẫy.",
        "C1 đã xong việc, sẵn sàng.",
        "Đóng vụ: xong.",
    ]
    assert told(world, incident)[3:6] == [
        "C1 sent to the scene. Expected on scene at 12:04:00. Destination: Cho Ray Hospital.",
        "C1 was told in the caller's words: “khó thở — 12 Lý Thường Kiệt”.",
        "Emergency bed at Cho Ray Hospital held for C1 until 12:30:00.",
    ]


def test_a_correction_shows_both_times_and_when_it_was_made(world):
    incident = world.open(world.call())
    run = world.send("C1", incident)
    world.wait(minutes=5)
    world.progress(run, Milestone.EN_ROUTE)
    world.wait(minutes=1)
    world.correct(run, Milestone.EN_ROUTE, run.times["assigned"])
    entry = timeline(world, incident)[-1]
    assert entry["text"]["vi"] == "Sửa giờ xuất phát của C1: 12:05:00 thành 12:00:00. Lý do: bấm trễ."
    assert entry["recorded_at"] == after(minutes=6)
    assert (entry["data"]["was"], entry["data"]["happened_at"]) == (after(minutes=5), after())


def test_what_was_heard_late_shows_both_times_and_stands_where_it_was_heard(world):
    incident = world.open(world.call())
    run = world.send("C1", incident)
    world.wait(minutes=8)
    world.note(incident)
    world.progress(run, Milestone.EN_ROUTE, at=run.times["assigned"])
    entry = timeline(world, incident)[-1]
    assert (entry["at"], entry["recorded_at"]) == (after(), after(minutes=8))
    assert entry["topic"] == "Run.Progressed"


def test_a_call_that_joins_brings_what_was_said_in_it_before(world):
    incident = world.open(world.call("khó thở"))
    other = world.call("có người ngất")
    world.triage(other, None)
    world.join(other, incident)
    world.locate(other, Position(10.7, 106.7))
    assert told(world, incident) == [
        "Call from 0900000001: khó thở.",
        "Incident #1 opened, P1, patients: 1, at 10.78000, 106.70000: khó thở.",
        "Call from 0900000001: có người ngất.",
        "Call triaged: Breathless, no ambulance needed.",
        "Another call joined this incident.",
        "Caller located: 10.70000, 106.70000.",
    ]


def test_one_incident_never_shows_the_facts_of_another(world):
    first, second = world.open(world.call("một")), world.open(world.call("hai"))
    world.send("C1", first, "cho-ray", ED)
    world.send("T2", second, "cho-ray", ED)
    assert all("T2" not in sentence and "hai" not in sentence for sentence in told(world, first, "vi"))


def test_a_reason_that_begins_with_a_code_of_the_city_is_told_in_its_words(world):
    incident = world.open(world.call())
    world.send("C1", incident, "cho-ray", ED, eta_s=None, override_reason="road: ngập nước")
    world.send("T2", incident, None, None, eta_s=None, override_reason="other")
    codes = {
        "road": words.both("đường kẹt", "a street is slow"),
        "other": words.both("lý do khác", "another"),
    }
    told = read_timeline(str(incident.id), views_of(world), SAIGON, codes) or []
    texts = [entry["text"] for entry in told if entry["topic"] == "Run.Assigned"]
    assert texts[0]["vi"].endswith("Chọn khác đề xuất: đường kẹt: ngập nước.")
    assert texts[0]["en"].endswith("Against the advice: a street is slow: ngập nước.")
    assert texts[1]["vi"].endswith("Chọn khác đề xuất: lý do khác.")


def test_an_override_a_redirection_and_a_new_bed_are_told_with_their_reasons(world):
    incident = world.open(world.call())
    run = world.send("C1", incident, "cho-ray", ED, eta_s=None, override_reason="kíp quen đường")
    world.redirect(run, "cho-ray", ICU)
    world.redirect(run, None, None)
    runs = [entry for entry in timeline(world, incident) if entry["topic"].startswith("Run.")]
    assert [entry["text"]["en"] for entry in runs if entry["topic"] != "Run.Briefed"] == [
        "C1 sent to the scene. Destination: Cho Ray Hospital. Against the advice: kíp quen đường.",
        "C1 needs another bed at Cho Ray Hospital. Adult intensive care bed. Reason: gần hơn.",
        "C1 redirected from Cho Ray Hospital to (none chosen). Reason: gần hơn.",
    ]


def test_a_changed_need_without_a_changed_priority_says_so(world):
    incident = world.open(world.call(), "P1")
    world.reprioritise(incident, "P1")
    world.reprioritise(incident, "P2")
    assert told(world, incident)[-2:] == [
        "What the incident needs changed; still P1. Reason: nặng hơn.",
        "Priority changed from P1 to P2. Reason: nặng hơn.",
    ]


def test_curly_brackets_in_what_people_type_are_only_brackets(world):
    incident = world.open(world.call("{priority} {0}"))
    world.note(incident, "{text} {nothing}")
    assert told(world, incident)[-1] == "Note: {text} {nothing}"


def test_what_people_type_ends_with_one_full_stop(world):
    incident = world.open(world.call("khó thở."))
    assert told(world, incident)[0] == "Call from 0900000001: khó thở."


def test_nobody_knows_the_timeline_of_a_call_or_of_nothing(world):
    call = world.call()
    assert read_timeline(str(call.id), views_of(world), SAIGON) is None
    assert read_timeline("no-such", views_of(world), SAIGON) is None


def test_words_are_rendered_on_reading_and_no_row_holds_them(world):
    incident = world.open(world.call())
    assert all(
        "text" not in entry for entry in views_of(world).row(Timeline.name, str(incident.id))["entries"]
    )


def test_every_fact_of_the_timeline_has_a_sentence_in_both_languages():
    silent = {Call.Joined.TOPIC}
    by_kind = {Run.Progressed.TOPIC, DeskAlarm.Raised.TOPIC}
    topics = {kind.TOPIC for kind in Timeline.facts} - silent - by_kind
    assert topics == {topic for told in VOCABULARIES for topic in told.SENTENCES}
    assert set(words.PROGRESS) == set(NEXT) - {Milestone.ASSIGNED}
    assert set(words.MILESTONES) == set(Milestone)
    assert set(words.BED_KINDS) == set(BedKind)
    assert set(alarm_words.RAISED) == set(get_args(Kind)) - {"service"}  # that is about no incident
    sentences = [text for told in VOCABULARIES for text in told.SENTENCES.values()]
    every = [*sentences, *words.PROGRESS.values(), *words.MILESTONES.values(), *alarm_words.RAISED.values()]
    assert all(text["vi"] and text["en"] for text in every)


def test_no_fact_of_calls_incidents_runs_and_holds_is_forgotten():
    counts = {BedLedger.Opened, BedLedger.Reported, BedLedger.Sized, BedLedger.ArrivedSince}
    links = {Call.Moved, Run.Moved, Incident.Quoted}  # the incidents and the calls tell the same
    links.add(Incident.PatientsTagged)  # each patient tells of it
    kept = {Incident.BedKept}  # the hold of the bed, by the same order, tells the same of the incident
    kept |= {Incident.Remembered}  # for the address book; the note or the danger is told
    told_elsewhere = {Incident.RunOpened, Incident.RunEnded, *counts, *links, *kept}
    told_here = set(Timeline.facts) | told_elsewhere
    for aggregate in (Call, Incident, Run, BedLedger):
        facts = {
            kind for kind in vars(aggregate).values() if isinstance(kind, type) and hasattr(kind, "TOPIC")
        }
        assert facts - {aggregate.Event} <= told_here
