"""What hospitals do not say buries nothing: alarms of an ordinary hour stay few enough to be looked at."""

from api.alarm_clock import failing
from api.alarms import Alarm
from api.care_clock import worth_a_line
from dispatch.policies.alarm_rules import AlarmRules
from dispatch.reactions.desk_alarms import due
from tests.builders import NOON, minutes, seconds

MOST_AN_HOUR = 6
HOUSES = [f"house-{number}" for number in range(65)]
AT_HAND = frozenset(HOUSES[:5])


def an_hour():
    """An order each two minutes, to all houses in turn; none says a word."""
    for number in range(30):
        yield {
            "id": f"run-{number}",
            "hospital_id": HOUSES[number * 13 % len(HOUSES)],
            "state": "unanswered",
            "answer_by": minutes(2 * number + 2),
        }


def causes_of(rows):
    lines = [Alarm(f"acceptance-{row['id']}", {}, row["answer_by"]) for row in worth_a_line(rows, AT_HAND)]
    return list(failing(lines, rows))


def test_an_hour_in_which_no_hospital_answers_keeps_to_the_budget_and_calls_no_supervisor():
    causes = causes_of(list(an_hour()))
    told = due(causes, [], AlarmRules(), minutes(62))
    assert 0 < len(told.raised) <= MOST_AN_HOUR
    assert {cause.level for cause, _ in told.raised} == {"amber"}
    standing = [sounding(cause) for cause in causes]
    assert due(causes, standing, AlarmRules(), minutes(180)).escalated == ()


def test_a_hospital_that_sends_a_patient_on_is_red_and_goes_up_also_where_nobody_is_at_hand_any_more():
    row = {"id": "run", "hospital_id": HOUSES[-1], "state": "redirect", "answer_by": NOON}
    (cause,) = causes = causes_of([row])
    assert cause.level == "red"
    assert due(causes, [sounding(cause)], AlarmRules(), seconds(61)).escalated == ("acceptance-run",)


def sounding(cause):
    since = cause.since.isoformat()
    row = {"id": cause.subject, "kind": cause.kind, "subject": cause.subject, "level": cause.level}
    return row | {"since": since, "sounding_since": since, "status": "sounding", "escalated_at": None}
