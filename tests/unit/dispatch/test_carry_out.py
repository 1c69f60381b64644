"""One order, one decision, one save, one receipt; whatever the line does."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import pytest

from dispatch.commands import ATTEMPTS, Outcome, _fingerprint, _plain, carry_out
from dispatch.handlers.assign_unit import assign_unit
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.report_beds import ReportBeds, report_beds
from domain.errors import (
    FromTheFuture,
    IdUsedTwice,
    NotStored,
    PerhapsStored,
    RunAlreadyOpened,
    TooContended,
    UnitBusy,
    UnknownIncident,
)
from domain.values import Act, BedCount, Milestone, Needs, Position
from tests.builders import HERE, NOON, Room, a_desk, a_unit, an_act, an_id, minutes, no_pause, seconds
from tests.fakes import CutLineLog, DeafLog, HurriedLog


def a_call_order(**other: object) -> ReceiveCall:
    order = ReceiveCall(an_act(), an_id(), "115", None, HERE, None, "Đau ngực")
    return replace(order, **other)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class JustThis:
    """An order without content, for handlers written in a test."""

    act: Act


def test_the_same_order_five_times_is_stored_once_and_answered_alike():
    room = Room()
    order = a_call_order()
    answers = [room.carry_out(order, receive_call) for _ in range(5)]
    assert [answer.body for answer in answers] == [{"id": str(order.call_id)}] * 5
    assert [answer.repeated for answer in answers] == [False, True, True, True, True]
    assert {answer.seq for answer in answers} == {room.log.position()}


def test_a_retry_heard_later_is_the_same_order():
    room = Room()
    order = a_call_order()
    room.carry_out(order, receive_call)
    later = replace(order.act, heard_at=minutes(3))
    assert room.carry_out(replace(order, act=later), receive_call).repeated


def test_a_retry_finds_its_answer_although_the_advice_is_forgotten():
    room = Room()
    order = room.order_to_send(
        room.incident(), decision_id=an_id("advice"), advice={"units": []}, eta_s=120.0
    )
    first = room.carry_out(order, assign_unit)
    again = room.carry_out(replace(order, advice=None, eta_s=None), assign_unit)
    assert again.repeated
    assert again.body == first.body


def test_the_same_id_for_other_content_is_refused():
    room = Room()
    order = a_call_order()
    room.carry_out(order, receive_call)
    stood = room.log.position()
    with pytest.raises(IdUsedTwice) as refusal:
        room.carry_out(replace(order, complaint="Té xe"), receive_call)
    assert str(order.act.command_id) not in str(refusal.value), "it was derived: nobody ever sent it"
    assert refusal.value.sentence("vi") == "Mã của lệnh này đã dùng cho lệnh khác; hãy gửi mã mới."
    assert room.log.position() == stood


def test_the_same_id_for_another_kind_of_order_is_refused():
    room = Room()
    order = a_call_order()
    room.carry_out(order, receive_call)
    with pytest.raises(IdUsedTwice):
        room.carry_out(NoteIncident(order.act, an_id(), an_id(), "x"), note_incident)


def test_a_refused_order_leaves_no_receipt_and_may_be_tried_again():
    room = Room()
    first = room.send(room.incident(), "C1")
    order = room.order_to_send(room.incident(), "C1", hospital_id=None, bed_kind=None)
    with pytest.raises(UnitBusy):
        room.carry_out(order, assign_unit)
    room.report(first, "stood_down", at=minutes(1))
    assert not room.carry_out(order, assign_unit).repeated


def test_who_loses_a_race_decides_again_on_fresh_facts():
    room = Room(HurriedLog())
    mine, rivals = room.incident(), room.incident()

    def send_it_elsewhere() -> None:
        room.log.meanwhile = None  # type: ignore[attr-defined]
        room.send(rivals, "C1")

    room.log.meanwhile = send_it_elsewhere  # type: ignore[attr-defined]
    with pytest.raises(UnitBusy, match="C1"):
        room.send(mine, "C1")
    assert room.log.incident(mine).serving == {}


def test_who_loses_a_race_that_does_not_matter_saves_at_the_second_attempt():
    room = Room(HurriedLog())
    incident_id = room.incident()
    pauses: list[int] = []

    def note_once() -> None:
        if room.log.incident(incident_id).notes:
            return
        incident = room.log.incident(incident_id)
        incident.note(an_id(), "Cổng sau", an_act())
        room.log.save(incident)

    room.log.meanwhile = note_once  # type: ignore[attr-defined]
    answer = carry_out(room.order_to_send(incident_id), assign_unit, room.desk, pauses.append)
    assert pauses == [1]
    assert room.log.unit("C1").run_id == UUID(answer.body["run_id"])


def test_after_eight_lost_races_the_desk_hears_that_others_were_quicker():
    room = Room(HurriedLog())
    incident_id = room.incident()
    pauses: list[int] = []

    def keep_writing() -> None:
        incident = room.log.incident(incident_id)
        incident.note(an_id(), "và nữa", an_act())
        room.log.save(incident)

    room.log.meanwhile = keep_writing  # type: ignore[attr-defined]
    with pytest.raises(TooContended, match="8 times"):
        carry_out(room.order_to_send(incident_id), assign_unit, room.desk, pauses.append)
    assert len(pauses) >= ATTEMPTS - 1
    assert room.log.unit("C1").run_id is None
    assert room.log.incident(incident_id).serving == {}


def test_a_connection_lost_after_the_commit_brings_the_first_answer():
    log = CutLineLog()
    room = Room(log)
    incident_id = room.incident()
    order = room.order_to_send(incident_id)
    log.lost_after_commit = 1
    answer = room.carry_out(order, assign_unit)
    assert answer.repeated
    assert answer.body["run_id"] == str(order.run_id)
    assert log.incident(incident_id).serving == {order.run_id: "C1"}


def test_a_connection_lost_after_the_last_commit_brings_the_first_answer_too():
    log = CutLineLog()
    room = Room(log)
    order = room.order_to_send(room.incident())
    log.lost_before_commit = ATTEMPTS - 1
    log.lost_after_commit = 1
    assert room.carry_out(order, assign_unit).body["run_id"] == str(order.run_id)


def test_a_log_that_cannot_be_written_says_so_and_blames_nobody():
    log = CutLineLog()
    room = Room(log)
    order = room.order_to_send(room.incident())
    stood = log.position()
    log.lost_before_commit = ATTEMPTS
    with pytest.raises(NotStored, match="nothing was stored"):
        room.carry_out(order, assign_unit)
    assert log.position() == stood


@pytest.mark.parametrize("stores", [True, False])
def test_a_save_that_was_cut_off_and_cannot_be_looked_up_is_in_doubt(stores):
    room = a_desk(DeafLog(stores))
    with pytest.raises(PerhapsStored, match="may have been stored"):
        carry_out(a_call_order(), receive_call, room, no_pause)


@pytest.mark.parametrize("failed_readings", range(ATTEMPTS))
def test_a_save_that_was_cut_off_is_answered_once_its_receipt_can_be_read(failed_readings):
    log = DeafLog(back_after=failed_readings)
    order = a_call_order()
    answer = carry_out(order, receive_call, a_desk(log), no_pause)
    assert answer.repeated
    assert answer.body == {"id": str(order.call_id)}
    assert log.position() == 4, "the call, the book of its number with its first ring, and the receipt"


def test_a_log_that_cannot_even_be_read_says_that_nothing_was_stored():
    log = DeafLog()
    log.gone = True
    with pytest.raises(NotStored):
        carry_out(a_call_order(), receive_call, a_desk(log), no_pause)
    assert log.position() == 0


def test_a_log_that_fails_slowly_is_not_tried_again_and_again():
    log, moments = CutLineLog(), iter(range(0, 1000, 4))
    log.lost_before_commit = ATTEMPTS
    with pytest.raises(NotStored):
        carry_out(a_call_order(), receive_call, a_desk(log), no_pause, lambda: float(next(moments)))
    assert log.lost_before_commit == ATTEMPTS - 2, "after four seconds once more, after eight no longer"


def test_an_order_that_arrives_twice_at_once_gets_its_first_answer_twice():
    room = Room()
    order = room.order_to_send(room.incident())
    twin_answered = []

    def while_its_twin_is_quicker(command, desk):
        if not twin_answered:
            twin_answered.append(carry_out(order, assign_unit, desk, no_pause))
        return assign_unit(command, desk)

    answer = room.carry_out(order, while_its_twin_is_quicker)
    assert answer.repeated
    assert answer.body == twin_answered[0].body


def test_another_order_under_the_same_id_at_the_same_moment_is_still_refused():
    room = Room()
    order = room.order_to_send(room.incident())
    other = room.order_to_send(room.incident(), "T1", hospital_id=None, bed_kind=None)
    twins: list[object] = []

    def while_another_is_quicker(command, desk):
        if not twins:
            twins.append(carry_out(replace(other, act=order.act), assign_unit, desk, no_pause))
        return assign_unit(command, desk)

    with pytest.raises(IdUsedTwice):
        room.carry_out(order, while_another_is_quicker)


def test_a_run_id_that_stands_for_another_unit_is_refused_with_its_callsign():
    room = Room()
    run_id = room.send(room.incident(), "C1")
    with pytest.raises(RunAlreadyOpened, match="C1"):
        room.send(room.incident(), "T1", run_id=run_id)


def test_no_order_speaks_of_the_future():
    room = Room()
    act = Act(seconds(6), NOON, "dispatcher", an_id("early"), an_id("early"))
    with pytest.raises(FromTheFuture):
        room.carry_out(JustThis(act), lambda command, desk: Outcome(()))
    assert room.log.receipt(act.command_id) is None


def test_a_clock_that_runs_five_seconds_ahead_is_believed():
    room = Room()
    act = Act(seconds(5), NOON, "crew", an_id(), an_id())
    room.carry_out(JustThis(act), lambda command, desk: Outcome(()))


def test_a_decision_that_changes_nothing_still_leaves_a_receipt():
    room = Room()
    order = JustThis(an_act())
    stood = room.log.position()
    assert room.carry_out(order, lambda command, desk: Outcome((), {"done": True})).seq == stood + 1
    assert room.carry_out(order, lambda command, desk: Outcome((), {"done": False})).body == {"done": True}


def test_saving_answers_with_the_place_of_its_last_fact():
    room = Room()
    seq = room.log.record(a_unit("C9"))
    assert seq == room.log.position()


def test_an_unknown_incident_is_said_by_its_id():
    with pytest.raises(UnknownIncident, match=str(an_id("nothing"))):
        Room().send(an_id("nothing"))


def test_each_word_of_an_order_counts_also_inside_a_value():
    room = Room()
    act = an_act()
    room.carry_out(ReportBeds(act, "cho-ray", {"EmergencyDepartment": BedCount(5, 1)}), report_beds)
    same = ReportBeds(act, "cho-ray", {"EmergencyDepartment": BedCount(5, 1, 0)})
    assert room.carry_out(same, report_beds).repeated
    other = ReportBeds(act, "cho-ray", {"EmergencyDepartment": BedCount(5, 1, 1)})
    with pytest.raises(IdUsedTwice):
        room.carry_out(other, report_beds)


def test_a_receipt_does_not_copy_the_advice_that_came_with_the_order():
    class Uncopied:
        def __deepcopy__(self, memo: object) -> "Uncopied":
            raise AssertionError("the advice was copied")

    room = Room()
    order = room.order_to_send(room.incident(), advice={"units": [Uncopied()]})
    assert _fingerprint(order) == _fingerprint(replace(order, advice=None))


@dataclass(frozen=True)
class AnyOrder:
    act: object
    zebra: object
    apple: object


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        1e-7,
        'Tai nạn \u2028 "xe" \\',
        Milestone.CLEAR,
        UUID(int=7),
        Position(10.5, 106.25),
        NOON,
        ["a", None, {"b": 1, "a": Needs()}],
        {"z": BedCount(5, 1), "a": ()},
    ],
)
def test_an_order_is_known_again_by_what_it_said_as_json(value):
    """Receipts of years ago hold it."""
    said = ["AnyOrder", {"apple": value, "zebra": "z"}]
    written = json.dumps(said, sort_keys=True, default=_plain)
    assert _fingerprint(AnyOrder(None, "z", value)) == sha256(written.encode()).hexdigest()[:32]


def test_another_time_under_the_same_id_is_another_order_and_a_later_retry_is_none():
    room, order_id = Room(), an_id("order")
    order = a_call_order()
    first = replace(order, act=Act(minutes(-5), NOON, "linh", order_id, order_id))
    room.carry_out(first, receive_call)
    retry = replace(first, act=replace(first.act, heard_at=minutes(1)))
    assert room.carry_out(retry, receive_call).repeated
    with pytest.raises(IdUsedTwice):
        room.carry_out(replace(first, act=replace(first.act, at=minutes(-4))), receive_call)
