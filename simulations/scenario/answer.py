"""The answer to a scenario's question in sentences: what differs between its courses, and what nobody may say
differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Final

from simulations.scenario.figures import Table
from simulations.scenario.numbers import said
from simulations.scenario.scenario import Scenario
from simulations.scenario.words import FIGURE_WORDS, WORDS
from simulations.statistics.holm import holm
from simulations.statistics.intervals import Difference, difference, mean_of

COMPARED: Final = ("busy_tone", "late", "late_P1", "late_elsewhere", "p90_s", "waited")
SURELY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Apart:
    """A course less the first, on the same calls. p : as it counts beside all comparisons (Holm)"""

    course: str
    figure: str
    first: float
    other: float
    found: Difference
    p: float


def apart(tables: Mapping[str, Table]) -> list[Apart]:
    (_, base), *others = tables.items()
    found = []
    for course, table in others:
        for figure in COMPARED:
            if figure in unheard_of(tables):
                continue
            pairs = [
                (one, other)
                for one, other in zip(base.values[figure], table.values[figure], strict=True)
                if not (isnan(one) or isnan(other))
            ]
            if len(pairs) > 1:
                ones, twos = [one for one, _ in pairs], [other for _, other in pairs]
                means = mean_of(ones).mean, mean_of(twos).mean
                found.append((course, figure, *means, difference(ones, twos)))
    adjusted = holm([each[-1].p for each in found])
    return [Apart(*each, p) for each, p in zip(found, adjusted, strict=True)]


def unheard_of(tables: Mapping[str, Table]) -> list[str]:
    """Figures that are those of `late` in every course: nobody was hurt at once, nobody worked on paper."""
    return [
        figure
        for figure in ("late_elsewhere", "late_as_shown")
        if all(list(table.values[figure]) == list(table.values["late"]) for table in tables.values())
    ]


def answers(scenario: Scenario, tables: Mapping[str, Table], language: str) -> list[tuple[str, list[str]]]:
    """For each course but the first what it is held against, and what came of it."""
    names = {course.id: course.name[language] for course in scenario.courses}
    first = scenario.courses[0].id
    found = apart(tables)
    sentences = []
    for course in scenario.courses[1:]:
        its = [_part(each, language) for each in found if each.course == course.id]
        against = WORDS["against"][language]
        sentences.append((f"{names[course.id]} ({against}: {names[first]})", its))
    return sentences


def _part(each: Apart, language: str) -> str:
    name = FIGURE_WORDS[each.figure][language]
    name = name[0].lower() + name[1:]
    if each.found.p == 1.0 and each.first == each.other:
        return f"{name}: {WORDS['equal'][language]}"
    if each.p >= SURELY:
        return f"{name}: {WORDS['same'][language]}"
    interval = each.found.interval
    between = WORDS["between"][language].format(
        low=said(each.figure, interval.low, language), high=said(each.figure, interval.high, language)
    )
    one, other = said(each.figure, each.first, language), said(each.figure, each.other, language)
    return f"{name} {one} → {other} ({between})"
