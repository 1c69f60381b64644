"""Who is compared with whom, and in which figures that would be no fair comparison.

Where two rivals lose other calls, or meet other emergencies, how late help was for those who were heard is
told of other patients under each: whoever answers few may look quick. Then those who rang are compared, the
lost among them counted as late.
"""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Final

from simulations.city_model.model import NO_INCIDENT, PRIORITIES
from simulations.experiment.inputs import Inputs
from simulations.results.compare import COMPARED, Apart, Pair, compare
from simulations.results.figures import Values
from simulations.scenario.scenario import Calls, Casualties, Change, Lines, Scenario, Talk
from simulations.scenario.values import told_apart

OF_THE_HEARD: Final = (
    "late", *(f"late_{priority}" for priority in PRIORITIES), "mean_s", "median_s", "p90_s", "waited",
    "unserved", "answer_s", "no_bed",
)  # fmt: skip
"""Figures of those whom somebody answered."""
OF_THE_HURT: Final = (
    "late_or_lost",
    *(f"late_or_lost_{priority}" for priority in PRIORITIES),
    "late_as_shown",
)
"""Figures of all who needed somebody, those among them who were hurt at one place and instant."""


def pairs_in(inputs: Inputs, values: Mapping[str, Values]) -> list[Pair]:
    """As the file of a scenario names them, else every rival with the first."""
    scenario = inputs.scenario
    if scenario is not None:
        return [_of_scenario(first, rival, inputs, scenario, values) for first, rival in scenario.compared]
    first, *others = inputs.experiment.rivals
    found = []
    for rival in others:
        alike = (first.takers, first.lines) == (rival.takers, rival.lines)
        if alike or _nothing_lost(values, first.name, rival.name):
            found.append(Pair(first.name, rival.name))
        else:
            found.append(Pair(first.name, rival.name, _unlike_compared(), OF_THE_HEARD))
    return found


def compare_in(inputs: Inputs, values: Mapping[str, Values]) -> list[Apart]:
    """In the figures that the question is about."""
    return compare(values, pairs_in(inputs, values))


def unlike_in(pairs: Sequence[Pair]) -> list[str]:
    """What some pair may not be compared in."""
    return list(dict.fromkeys(figure for pair in pairs for figure in pair.unlike))


def _unlike_compared() -> tuple[str, ...]:
    return ("late_or_lost", "late_or_lost_P1", *(each for each in COMPARED if each not in OF_THE_HEARD))


def _of_scenario(
    first: str, rival: str, inputs: Inputs, scenario: Scenario, values: Mapping[str, Values]
) -> Pair:
    """Without figures that are the same in both: nothing was to be compared."""
    unlike = _unlike(first, rival, inputs, scenario, values)
    usual = ["lost", *told_apart(scenario.changes), "late_P1", "p90_s", "waited", "km"]
    usual += ["no_bed"] if any(course.beds for course in scenario.courses) else []
    if "late_P1" in unlike:
        usual += ["late_elsewhere_P1" if "late_or_lost_P1" in unlike else "late_or_lost_P1"]
    asked = dict.fromkeys([*scenario.answers, *usual])
    figures = tuple(
        figure
        for figure in asked
        if figure not in unlike
        and figure != "late_as_shown"
        and list(values[first][figure]) != list(values[rival][figure])
    )
    return Pair(first, rival, figures, unlike)


def _unlike(
    first: str, rival: str, inputs: Inputs, scenario: Scenario, values: Mapping[str, Values]
) -> tuple[str, ...]:
    apart = [change for change in scenario.changes if (_happens(change, first) != _happens(change, rival))]
    if any(isinstance(each, Casualties) for each in apart):
        return (*OF_THE_HEARD, *OF_THE_HURT)
    if any(isinstance(each, Calls) and _of_emergencies(each, inputs) for each in apart):
        return OF_THE_HEARD
    if any(isinstance(each, Lines | Talk | Calls) for each in apart):
        return () if _nothing_lost(values, first, rival) else OF_THE_HEARD
    return ()


def _happens(change: Change, course: str) -> bool:
    return not change.courses or course in change.courses


def _of_emergencies(change: Calls, inputs: Inputs) -> bool:
    """Else more ring who need nobody: the emergencies are the same, if they get through."""
    kinds = () if inputs.model is None else inputs.model.kinds
    needing = {kind.id for kind in kinds if kind.priority != NO_INCIDENT}
    return not change.kinds or bool(needing & set(change.kinds))


def _nothing_lost(values: Mapping[str, Values], *rivals: str) -> bool:
    """No emergency, in any replication of theirs: then all of the same people were heard."""
    return not any(lost > 0 for rival in rivals for lost in values[rival]["lost_needing"] if not isnan(lost))
