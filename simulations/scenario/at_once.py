"""How many changes of a scenario may call for more at one moment: each set of them has calls of its own."""

from typing import Final

from simulations.city_model.fields import Fields
from simulations.scenario.scenario import Calls, Scenario

MOST_AT_ONCE: Final = 6


def complain_of_crowd(scenario: Scenario, head: Fields) -> None:
    """Of the change that begins last, in whichever course there are too many."""
    for number in sorted({each for course in scenario.courses for each in _too_many(scenario, course.id)}):
        complaint = f"calls for more while too many others do: {MOST_AT_ONCE} may at once; draw one curve"
        head.faults.say(head.file, scenario.lines.get(f"change.{number}"), f"'change.{number}' {complaint}")


def _too_many(scenario: Scenario, course: str) -> list[int]:
    more = [
        (each.curve[0][0], number, each.curve[-1][0])
        for number, each in enumerate(scenario.changes)
        if isinstance(each, Calls)
        and max(factor for _, factor in each.curve) > 1
        and (not each.courses or course in each.courses)
    ]
    return [
        number
        for begins_s, number, _ in more
        if sum((from_s, other) <= (begins_s, number) and begins_s < to_s for from_s, other, to_s in more)
        > MOST_AT_ONCE
    ]
