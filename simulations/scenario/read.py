"""Read the file of a scenario, or say in sentences what is wrong with it, and on which line."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from domain.policy_book import POLICIES
from simulations.city_model.faults import BadModel, Faults, lines_of
from simulations.city_model.fields import Fields
from simulations.rival import MOVE_UPS
from simulations.scenario.answers import ANSWERS
from simulations.scenario.at_once import complain_of_crowd
from simulations.scenario.in_time import WHEN, complain_of_time, complain_of_warm_up, says_itself_when
from simulations.scenario.moments import DAY_S, Spell, daily, read_moment
from simulations.scenario.read_change import LISTS, WHATS, read_change
from simulations.scenario.scenario import LANGUAGES, Change, Course, Paper, Scenario
from simulations.scenario.twice import complain_of_twice

MOST_DAYS: Final = 120
LONGEST: Final = {"question": 300, "name": 60}
"""Letters: a question stands under a heading, a name in one line of a list."""
AS_THE_CITY_HAS_IT: Final = "rules"
T = TypeVar("T")


class BadScenario(BadModel):
    """The file cannot be used; `sentences` name each fault by its line."""


def read_scenario(path: Path, *, kept: bool = False) -> Scenario:
    """Raises BadScenario with every fault found.

    kept : it was played before, perhaps when less was asked of its times: that still opens
    """
    faults = Faults()
    head = _head(path, faults)
    days = max(1, head.whole("days", 1))
    if days > MOST_DAYS:
        head.fault("days", f"are {MOST_DAYS} at most, not {days}")
    courses = _courses(head)
    identifier = _identifier(path, faults)
    warm_up_hours = head.number("warm_up_hours", 0.0, 7 * 24.0)
    if not kept:
        complain_of_warm_up(head, warm_up_hours)
    found = Scenario(
        id=identifier,
        name=_both(head, "name") if head.has("name") else dict.fromkeys(LANGUAGES, identifier),
        answers=_answers(head),
        pairs=_pairs(head, [each.id for each in courses]),
        question=_both(head, "question"),
        explains=_both(head, "explains"),
        model=head.text("model"),
        begins=_date(head),
        days=days,
        warm_up_hours=warm_up_hours,
        replications=max(1, head.whole("replications", 1)),
        seed=head.whole("seed"),
        courses=courses,
        changes=tuple(
            change
            for table in (head.each("change") if head.has("change") else [])
            if (change := _change(table, days, [each.id for each in courses], kept)) is not None
        ),
        lines=head.lines,
    )
    head.done(("change",))
    _useful(found, head)
    if not kept and not faults.sentences:
        complain_of_twice(found, head)
        complain_of_crowd(found, head)
    if faults.sentences:
        raise BadScenario(faults.sentences)
    return found


def _head(path: Path, faults: Faults) -> Fields:
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError:
        raise BadScenario([f"There is no file {path.name}."]) from None
    except UnicodeDecodeError:
        raise BadScenario([f"{path.name} is not UTF-8 text."]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadScenario([f"{path.name} is not TOML: {error}."]) from None
    return Fields(path.name, table, "", lines_of(text), faults)


def _identifier(path: Path, faults: Faults) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        faults.say(path.name, None, "the file's name must be small letters, digits and single hyphens")
    return path.stem


def _both(head: Fields, name: str) -> Mapping[str, str]:
    """In Vietnamese and English."""
    table = head.inner(name)
    found = {language: table.text(language) for language in LANGUAGES}
    for language, said in found.items():
        most = LONGEST.get(name)
        if most is not None and len(said) > most:
            table.fault(language, f"has {len(said)} letters; a {name} has {most} at most")
    table.done()
    return found


def _answers(head: Fields) -> tuple[str, ...]:
    if not head.has("answers"):
        return ()
    said = head.texts("answers")
    for each in said:
        if each not in ANSWERS:
            head.fault("answers", f"names '{each}', which is no figure; choose from {', '.join(ANSWERS)}")
    if len(set(said)) < len(said):
        head.fault("answers", "names a figure twice")
    return said


def _pairs(head: Fields, courses: list[str]) -> tuple[tuple[str, str], ...]:
    """Of courses, each with what it is compared with before it."""
    found: list[tuple[str, str]] = []
    for first, other in head.pairs("pairs") if head.has("pairs") else ():
        for name in (first, other):
            if name not in courses:
                head.fault("pairs", f"names '{name}', which is no [[course]] here")
        if first == other:
            head.fault("pairs", f"compares '{first}' with itself")
        if {first, other} in [set(each) for each in found]:
            head.fault("pairs", f"names '{first}' and '{other}' twice")
        found.append((first, other))
    return tuple(found)


def _date(head: Fields) -> date:
    said = head.text("begins")
    try:
        return date.fromisoformat(said)
    except ValueError:
        if said:
            head.fault("begins", f"must be a day such as 2026-09-14, not '{said}'")
        return date(2000, 1, 1)


def _courses(head: Fields) -> tuple[Course, ...]:
    found: list[Course] = []
    for table in head.each("course"):
        course = Course(
            table.text("id"),
            {language: table.text(language) for language in LANGUAGES},
            policy=_one_of(table, "policy", (*POLICIES, AS_THE_CITY_HAS_IT), "closest"),
            move_up=_one_of(table, "move_up", MOVE_UPS, "home"),
            beds=_yes(table, "beds"),
        )
        if course.id in [each.id for each in found]:
            table.fault("id", f"is '{course.id}' for the second time")
        for language, name in course.name.items():
            if name and name in [each.name[language] for each in found]:
                table.fault(language, f"is '{name}' for the second time: nobody could tell the two apart")
        table.done(("beds",))
        found.append(course)
    return tuple(found)


def _one_of(table: Fields, name: str, known: tuple[T, ...], otherwise: T) -> T:
    """What is not said is `otherwise`."""
    if not table.has(name):
        return otherwise
    said = table.text(name)
    found = next((each for each in known if each == said), None)
    if said and found is None:
        table.fault(name, f"cannot be '{said}'; choose from {', '.join(map(str, known))}")
    return found or otherwise


def _yes(table: Fields, name: str) -> bool:
    said = table.table.get(name, False)
    if not isinstance(said, bool):
        table.fault(name, f"must be true or false, not {said!r}")
    return said is True


def _change(table: Fields, days: int, courses: list[str], kept: bool) -> Change | None:
    what = table.text("what")
    if what not in WHATS:
        if what:
            table.fault("what", f"cannot be '{what}'; choose from {', '.join(WHATS)}")
        return None
    named = table.texts("courses") if table.has("courses") else ()
    for course in named:
        if course not in courses:
            table.fault("courses", f"names '{course}', which is no [[course]] here")
    spells = _spells(table, days) if says_itself_when(what, table) is None else ()
    change = read_change(what, table, named, spells)
    if not kept:
        complain_of_time(change, what, table, days)
    table.done(("what", "courses", *WHEN, *LISTS.get(what, ())))
    return change


def _spells(table: Fields, days: int) -> tuple[Spell, ...]:
    """From the first midnight to the end, where nothing else is said."""
    ends_s = days * DAY_S
    begin = moment(table, "from", days, 0.0)
    end = moment(table, "until", days, ends_s)
    if begin >= end:
        table.fault("until" if table.has("until") else "from", "leaves no time: it ends before it begins")
        return ()
    if not table.has("hours"):
        return ((begin, end),)
    said = table.text("hours")
    try:
        spells = daily(begin, end, said)
    except ValueError as refusal:
        table.fault("hours", f"cannot be so: {refusal}")
        return ()
    if not spells:
        table.fault("hours", f"never come between {table.table.get('from')} and {table.table.get('until')}")
    return spells


def moment(table: Fields, name: str, days: int, otherwise: float) -> float:
    if not table.has(name):
        return otherwise
    said = table.text(name)
    try:
        at_s = read_moment(said)
    except ValueError as refusal:
        table.fault(name, f"cannot be so: {refusal}")
        return otherwise
    if at_s > days * DAY_S:
        table.fault(name, f"is {said}; the scenario has {days} days")
        return otherwise
    return at_s


def _useful(scenario: Scenario, head: Fields) -> None:
    names: dict[tuple[object, ...], str] = {}
    for number, course in enumerate(scenario.courses):
        its = [each for each in scenario.changes if not each.courses or course.id in each.courses]
        key = (course.policy, course.move_up, course.beds, *(scenario.changes.index(each) for each in its))
        where = scenario.lines.get(f"course.{number}")
        if key in names:
            head.faults.say(
                head.file,
                where,
                f"'course' '{course.id}' does the same as '{names[key]}': they cannot differ",
            )
        names[key] = course.id
        if course.policy != "closest" and any(isinstance(each, Paper) for each in its):
            head.faults.say(
                head.file,
                where,
                f"'policy' cannot be '{course.policy}' where work goes on paper: nobody reckons it by hand",
            )
