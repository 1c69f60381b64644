"""Soft alerts before the desks: a line a kind, counted, and gone when all of it is over."""

from datetime import timedelta

from msgspec.structs import replace

from api.alarms import STORE_AWAY, Alarms
from api.streams.desk_lines import DeskLines
from projections.streams.effects import Alert
from tests.builders import NOON, seconds


def late(name, since=NOON, **facts):
    said = {"kind": "late_acknowledgement", "level": "red", "centre": "hcmc", "subject": name}
    return Alert(**{**said, "id": name, "callsign": name, "since": since, **facts})


def desks():
    """The lines, all that the desks were told, and all that everybody else was told."""
    whole, others = [], []

    def tell(frame, desk=None):
        others.append(frame["alarms"])
        whole.append((desk or frame)["alarms"])

    alarms = Alarms(tell)
    return DeskLines(alarms), whole, others, alarms


def test_many_alerts_of_a_kind_are_one_line_that_counts_them():
    lines, whole, _, _ = desks()
    lines.hear([late(f"C{number}", seconds(number)) for number in range(1, 8)])
    [told] = whole[-1]
    assert told["text"]["en"] == "Order not acknowledged: C1, C2, C3 and 4 more."
    assert told["text"]["vi"] == "Chưa nhận lệnh: C1, C2, C3 và 4 nữa."
    assert told["since"] == seconds(1).isoformat(), "since the longest of them"
    assert len(whole) == 1


def test_a_line_changes_its_words_and_goes_with_the_last_of_them():
    lines, whole, _, _ = desks()
    lines.hear([late("C1"), late("C2", seconds(5))])
    lines.hear([late("C1", ended_at=seconds(100))])
    assert whole[-1][0]["text"]["en"] == "Order not acknowledged: C2."
    lines.hear([late("C2", seconds(5), ended_at=seconds(100))])
    assert whole[-1] == []
    told = len(whole)
    lines.hear([late("C2", seconds(5), ended_at=seconds(100))])
    assert len(whole) == told, "what changes nothing is not told"


def test_what_the_queue_shows_anyway_has_no_line():
    lines, whole, _, _ = desks()
    lines.hear(
        [late("C1", level="amber"), late("C1", kind="long_on_scene"), late("C1", kind="long_handover")]
    )
    assert not whole


def test_a_lost_position_is_loud_at_once_and_a_surge_names_nobody():
    lines, whole, _, _ = desks()
    lines.hear([late("T4", kind="stale_position", level="amber"), late("hcmc", kind="surge", callsign=None)])
    assert [alarm["text"]["en"] for alarm in whole[-1]] == [
        "Position lost, so not recommended: T4.",
        "Unusually many calls.",
    ]


def test_an_incident_goes_by_its_number():
    lines, whole, _, _ = desks()
    lines.hear([late("x", kind="waiting_incident", callsign=None, incident_number=17)])
    assert whole[-1][0]["text"]["en"] == "Waiting too long for a unit: incident #17."


def test_only_desks_read_of_units_and_what_is_wrong_with_the_service_stands_first():
    lines, whole, others, alarms = desks()
    lines.hear([late("C1")])
    alarms.sound("store", STORE_AWAY, NOON)
    assert [alarm["code"] for alarm in whole[-1]] == ["store", "late.late_acknowledgement"]
    assert [alarm["code"] for alarm in others[-1]] == ["store"]
    assert [alarm["code"] for alarm in alarms.frame()["alarms"]] == ["store"]
    assert len(alarms.frame(desk=True)["alarms"]) == 2
    assert alarms.standing == ["store"], "a late crew is no fault of the service"


def test_an_alert_told_again_is_counted_once():
    lines, whole, _, _ = desks()
    alert = late("C1")
    lines.hear([alert, alert, replace(alert, since=NOON + timedelta(0))])
    assert lines.standing()["late_acknowledgement"] == 1
    assert whole[-1][0]["text"]["en"] == "Order not acknowledged: C1."
