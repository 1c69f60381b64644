"""What the report of a scenario tells beside that of any experiment: its courses by their names, what it
changes, and the answer to its question."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import msgspec

from simulations.experiment.inputs import Inputs, RivalColumns
from simulations.results.report.material import Material
from simulations.results.report.say import Language, Say
from simulations.scenario.as_experiment import stage_of
from simulations.scenario.nearest import Changed, changed
from simulations.scenario.say_change import say_change, say_spells
from simulations.scenario.scenario import Calls, Casualties, Roads, Scenario
from simulations.scenario.stage import timelines
from simulations.scenario.values import told_apart


def in_language(material: Material, language: Language) -> Material:
    """With question and courses as the scenario calls them; any other experiment as it is."""
    scenario = material.inputs.scenario
    if scenario is None:
        return material
    names = {course.id: course.name[language] for course in scenario.courses}
    asked, words = material.inputs.experiment, material.inputs.words
    rivals = tuple(msgspec.structs.replace(rival, name=names[rival.name]) for rival in asked.rivals)
    asked = msgspec.structs.replace(asked, question=scenario.question[language], rivals=rivals)
    units = {names[course]: its for course, its in words.units.items()}
    words = msgspec.structs.replace(words, units=units)
    return replace(
        material,
        inputs=material.inputs._replace(experiment=asked, words=words),
        figures={names[course]: its for course, its in material.figures.items()},
        apart=[replace(each, rival=names[each.rival], first=names[each.first]) for each in material.apart],
        pairs=[replace(each, rival=names[each.rival], first=names[each.first]) for each in material.pairs],
        gathered=replace(
            material.gathered, seen={names[course]: its for course, its in material.gathered.seen.items()}
        ),
    )


def figures_of_scenario(scenario: Scenario) -> list[str]:
    """Those that its table shows, the answer to its question first: an emergency that nobody answered is a
    late one."""
    all_of_them = [
        *scenario.answers, "calls", "lost", "lost_busiest", *told_apart(scenario.changes), "late_or_lost_P1",
        "late_P1", "mean_s", "median_s", "p90_s", "waited", "unserved", "busy", "km",
        *_of_beds(scenario),
    ]  # fmt: skip
    return list(dict.fromkeys(all_of_them))


def _of_beds(scenario: Scenario) -> list[str]:
    return ["no_bed"] if any(course.beds for course in scenario.courses) else []


def calls_are_the_same(scenario: Scenario) -> bool:
    """Whether the same people ring in all courses: what adds or takes away calls befalls all, or none."""
    everybody = {course.id for course in scenario.courses}
    return not any(
        isinstance(change, Calls | Casualties) and set(change.courses or everybody) != everybody
        for change in scenario.changes
    )


def nearest_in(inputs: Inputs, rivals: Sequence[RivalColumns]) -> Changed | None:
    """In the state of the roads that changes it for most places; None where no road is closed or slow."""
    scenario, model = inputs.scenario, inputs.model
    if scenario is None or model is None:
        return None
    _, states, _ = timelines(scenario)
    first = stage_of(inputs, rivals).first_places
    found = [
        changed(inputs.ground.columns, rivals[0].fleet, first, state, len(model.places))
        for state, force in enumerate(states)
        if any(isinstance(each, Roads) for each in force)
    ]
    return max(found, key=lambda each: each.otherwise + each.cut_off, default=None)


def answer(material: Material, say: Say) -> Iterator[str]:
    """Below what differs: why, and what no figure of the table says."""
    scenario = material.inputs.scenario
    if scenario is None:
        return
    yield f"<p>{escape(scenario.explains[say.language])}</p>"
    busiest = {name: its["lost_busiest"] for name, its in material.figures.items()}
    if any(each is not None and each.mean >= 0.0005 for each in busiest.values()):
        told = "; ".join(
            f"“{name}”: {say.number(100 * each.mean)}%" for name, each in busiest.items() if each is not None
        )
        yield f"<p>{escape(say('busiest_day', told=told))}</p>"
    if material.nearest is not None:
        its = material.nearest
        cut_off = say("cut_off", count=its.cut_off) if its.cut_off else ""
        words = say("nearest_told", count=its.otherwise, of=its.places, cut_off=cut_off)
        yield f"<p>{escape(words)}</p>"


def changes(inputs: Inputs, scenario: Scenario, say: Say) -> str:
    hospitals = {} if inputs.model is None else {each.id: each.name for each in inputs.model.hospitals}
    names = {course.id: course.name[say.language] for course in scenario.courses}
    rows = []
    for change in scenario.changes:
        courses = ", ".join(names[each] for each in change.courses) or say("all_rivals")
        when = say_spells(change.spells, scenario.lasts_s)[say.language]
        rows.append(
            f"<li>{escape(say_change(change, hospitals)[say.language])} "
            f'<span class="note">({escape(when)}; {escape(courses)})</span></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"
