"""Which notices are told: none of long ago, by the time they were to be told first, and none that is over."""

from datetime import timedelta

import pytest

from api.streams.orders import TOO_OLD, order_of, row_wanted, too_old
from domain.city import Limit
from projections.incident_list import IncidentList
from projections.streams.effects import Alert, Proposal
from projections.streams.fold import Limits
from projections.streams.incidents import KIND
from tests.builders import NOON, SAIGON, Room, minutes

LIMITS = Limits(queue={"P1": Limit(60, 120), "P4": Limit(900, 1800)})
SECOND = timedelta(seconds=1)


def an_alert(kind="late_acknowledgement", **facts):
    said = {"id": "one", "level": "red", "centre": "letters", "subject": "r", "since": NOON}
    return Alert(**{**said, "kind": kind, "incident_id": "i", **facts})


def test_a_stay_is_too_old_a_quarter_of_an_hour_after_it_was_seen():
    said = dict.fromkeys(Proposal.__struct_fields__, "")
    stay = Proposal(**{**said, "at": NOON, "lat": 10.0, "lon": 106.0, "accuracy_m": 8.0})
    assert not too_old(stay, NOON + TOO_OLD, LIMITS)
    assert too_old(stay, NOON + TOO_OLD + SECOND, LIMITS)


@pytest.mark.parametrize(
    ("kind", "red_s"),
    [
        ("late_acknowledgement", 90),
        ("long_on_scene", 1800),
        ("long_handover", 2700),
        ("waiting_incident", 1800),
        ("unheard_of", 0),
    ],
)
def test_an_alert_is_too_old_a_quarter_of_an_hour_after_it_turned_red(kind, red_s):
    """A wait is told when it turns red, which for a handover is later than a quarter of an hour already."""
    turned = NOON + timedelta(seconds=red_s)
    assert not too_old(an_alert(kind), turned + TOO_OLD, LIMITS)
    assert too_old(an_alert(kind), turned + TOO_OLD + SECOND, LIMITS)


def test_an_alert_of_three_days_ago_is_too_old_by_any_limits():
    assert too_old(an_alert(), NOON + timedelta(days=3), Limits())


def test_what_would_not_be_told_anyway_is_not_called_too_old():
    later = NOON + timedelta(days=3)
    for passed in (an_alert(level="amber"), an_alert(ended_at=NOON), an_alert(incident_id=None)):
        assert not too_old(passed, later, LIMITS)


class Night:
    """An incident and its rows as a centre's own view folds them."""

    def __init__(self):
        self.room = Room()
        self.id = self.room.incident()

    def told(self, kind, run=None, since=NOON):
        """Whether the centre is told of a wait, as it stands now."""
        subject = str(run or self.id)
        alert = an_alert(
            kind,
            subject=subject,
            since=since,
            incident_id=str(self.id),
            run_id=run and str(run),
            callsign="C1",
        )
        assert row_wanted(alert) == ("incidents", str(self.id))
        return order_of(alert, "note", SAIGON, self.row()) is not None

    def row(self):
        view, row = IncidentList(), None
        for seq, fact in self.room.log.select(1, 1000):
            if str(self.id) in view.keys(fact):
                row = view.fold(str(self.id), row, fact, seq)
        return row


COURSE = (
    "accepted",
    "en_route",
    "on_scene",
    "patient_contact",
    "transporting",
    "at_hospital",
    "handed_over",
    "clear",
)


@pytest.mark.parametrize(
    ("kind", "lasts"),
    [
        ("late_acknowledgement", {"assigned"}),
        ("long_on_scene", {"on_scene", "patient_contact"}),
        ("long_handover", {"at_hospital"}),
        ("unheard_of", set()),
    ],
)
def test_of_a_run_that_went_on_meanwhile_nobody_is_told_that_it_waits(kind, lasts):
    night = Night()
    run = night.room.send(night.id)
    told = {"assigned"} if night.told(kind, run) else set()
    for minute, milestone in enumerate(COURSE, 1):
        night.room.report(run, milestone, at=minutes(minute))
        told |= {milestone} if night.told(kind, run) else set()
    assert told == lasts


def test_of_a_run_the_centre_does_not_have_nobody_is_told():
    night = Night()
    night.room.send(night.id)
    assert not night.told("late_acknowledgement", "another")


def test_an_incident_that_was_served_meanwhile_is_not_said_to_wait():
    night = Night()
    assert night.told(KIND)
    run = night.room.send(night.id, at=minutes(1))
    assert not night.told(KIND)
    night.room.report(run, "declined", at=minutes(2))
    assert not night.told(KIND), "it does not wait since noon any more"
    assert night.told(KIND, since=minutes(2)), "but anew"


def test_of_an_incident_that_is_done_or_closed_nobody_is_told_that_it_waits():
    night = Night()
    run = night.room.send(night.id)
    night.room.drive(run, "accepted", "en_route", "on_scene", "clear")
    assert night.row()["status"] == "done"
    assert not night.told(KIND, since=minutes(4))
    assert order_of(an_alert(KIND), "note", SAIGON, {**night.row(), "status": "closed", "runs": []}) is None


def test_what_is_not_told_anyway_is_not_asked_about():
    for passed in (an_alert(level="amber"), an_alert(ended_at=NOON), an_alert(incident_id=None)):
        assert row_wanted(passed) is None
