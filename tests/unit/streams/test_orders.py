"""Which notices are too old to be told: those of long ago, by the time they were to be told first."""

from datetime import timedelta

import pytest

from api.streams.orders import TOO_OLD, too_old
from domain.city import Limit
from projections.streams.effects import Alert, Proposal
from projections.streams.fold import Limits
from tests.builders import NOON

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
