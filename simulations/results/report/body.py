"""The report in one language, part by part."""

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from simulations.lean.of_day import PRIORITIES
from simulations.left_out import in_words
from simulations.results.compare import Pair
from simulations.results.pairs import unlike_in
from simulations.results.report.charts import by_hour, differences, responses
from simulations.results.report.city_map import city_map, key, scale_for
from simulations.results.report.described import described
from simulations.results.report.material import Material
from simulations.results.report.of_scenario import (
    answer,
    calls_are_the_same,
    changes,
    figures_of_scenario,
)
from simulations.results.report.parts import note, table
from simulations.results.report.places import places
from simulations.results.report.say import Say
from simulations.results.report.units import cell, told

SHOWN = ("calls", "late", "late_P1", "mean_s", "median_s", "p90_s", "waited", "unserved", "busy", "km")
BUSIEST = 12
SIDE_BY_SIDE = 4
"""So many rivals fit beside each other on a sheet of paper; of more, each has a line."""


def body(material: Material, say: Say) -> str:
    asked, words = material.inputs.experiment, material.inputs.words
    city = words.city.get(say.language, asked.city)
    parts = [
        f'<p class="banner"><b>{escape(say("simulation"))}</b><span>{escape(say("not_real"))}</span></p>',
        f"<h1>{escape(asked.question)}</h1>",
        f'<p class="note">{escape(say("city"))}: {escape(city)}</p>',
        _titled("in_short", "".join([_short(material, say), *answer(material, say)]), say),
        _titled("rivals", _rivals(material, say), say),
        _titled("figures", _figures(material, say), say),
    ]
    if material.apart:
        firsts = {each.first for each in material.apart}
        alone = say("differences", first=next(iter(firsts))) if len(firsts) == 1 else say("differences_pairs")
        parts += [
            f"<h2>{escape(alone)}</h2>",
            note("differences_note", say, on=_on(material, say)),
            differences(material.apart, [rival.name for rival in asked.rivals], say),
        ]
    scenario = material.inputs.scenario
    if scenario is not None:
        parts += [_titled("changes", changes(material.inputs, scenario, say), say), *_calls(material, say)]
    parts += [
        _titled("responses", _responses(material, say), say),
        _titled("by_priority", _by_priority(material, say), say),
        _titled("map", _maps(material, say), say),
        _titled("units", _hours(material, "units", say), say),
        _titled("queue", _hours(material, "queue", say), say),
        _titled("hospitals", _hospitals(material, say), say),
        _titled("lost", _lost(material, say), say),
        _titled("made", _made(material, say), say),
    ]
    return "".join(parts)


def _rivals(material: Material, say: Say) -> str:
    """What each of them is, before any figure of it."""
    asked = material.inputs.experiment
    told_each = (
        f"<dt>{escape(rival.name)}</dt><dd>{escape(described(rival, say))}</dd>" for rival in asked.rivals
    )
    return f"<dl>{''.join(told_each)}</dl>"


def _titled(title: str, inside: str, say: Say) -> str:
    return f"<section><h2>{escape(say(title))}</h2>{inside}</section>"


def _short(material: Material, say: Say) -> str:
    asked = material.inputs.experiment
    if len(asked.rivals) == 1:
        return f"<p>{escape(say('alone'))}</p>"
    if not material.apart:
        return f"<p>{escape(say('one_day'))}</p>"
    parts = []
    for first in dict.fromkeys(pair.first for pair in material.pairs):
        items = [_of_pair(pair, material, say) for pair in material.pairs if pair.first == first]
        said = escape(say("against", first=first, on=_on(material, say)))
        parts.append(f'<p>{said}</p><ul class="short">{"".join(items)}</ul>')
    return "".join(parts) + note("holm", say)


def _of_pair(pair: Pair, material: Material, say: Say) -> str:
    """What differs; what was compared and does not; and that nothing is said of other patients."""
    its = [each for each in material.apart if (each.first, each.rival) == (pair.first, pair.rival)]
    sure = [each for each in its if each.sure]
    unlike = f" {say('unlike_short')}" if pair.unlike else ""
    if not sure:
        return f"<li>{escape(say('nothing_shown', rival=pair.rival) + unlike)}</li>"
    parts = [f"{say(each.figure)} {told(each, say)}" for each in sure]
    unsure = [say(each.figure) for each in its if not each.sure]
    if unsure:
        parts.append(f"{', '.join(unsure)}: {say('no_difference')}")
    return f"<li><b>{escape(pair.rival)}</b>: {escape('; '.join(parts))}.{escape(unlike)}</li>"


def _figures(material: Material, say: Say) -> str:
    scenario = material.inputs.scenario
    shown = SHOWN if scenario is None else figures_of_scenario(scenario)
    unlike = unlike_in(material.pairs)
    if unlike and scenario is None:
        shown = ("calls", "lost_needing", "late_or_lost", "late_or_lost_P1", *shown[1:])
    named = {figure: say(figure) + (" *" if figure in unlike else "") for figure in shown}
    rivals = material.figures
    rows = [[named[figure], *(cell(figure, its[figure], say) for its in rivals.values())] for figure in shown]
    told_table = table([say("figure"), *rivals], rows)
    if len(rivals) > SIDE_BY_SIDE:
        rows = [[name, *(cell(figure, its[figure], say) for figure in shown)] for name, its in rivals.items()]
        told_table = table([say("rival"), *named.values()], rows)
    if unlike:
        told_table += note("unlike_note", say)
    met = say("met_calls" if _same_calls(material) else "met_chance")
    return note("figures_note", say, n=material.inputs.experiment.replications, met=met) + told_table


def _on(material: Material, say: Say) -> str:
    return say("on_calls" if _same_calls(material) else "on_chance")


def _same_calls(material: Material) -> bool:
    scenario = material.inputs.scenario
    return scenario is None or calls_are_the_same(scenario)


def _responses(material: Material, say: Say) -> str:
    seen = material.gathered.seen
    never = [
        f"{name} {say.number(100 * its.responses[-1] / max(1, its.responses.sum()), 2)}%"
        for name, its in seen.items()
        if its.responses[-1]
    ]
    said = say("never_came", told=", ".join(never)) if never else say("all_came")
    unlike = note("unlike_note", say) if unlike_in(material.pairs) else ""
    return note("responses_note", say, never=said) + unlike + _picture(responses(seen, say))


def _by_priority(material: Material, say: Say) -> str:
    targets = material.inputs.words.targets_s
    told_targets = ", ".join(
        f"{priority} {say.minutes(target_s)}" for priority, target_s in zip(PRIORITIES, targets, strict=True)
    )
    told_note = note("by_priority_note", say, targets=told_targets)
    if unlike_in(material.pairs):
        heard = _late_table("late", material, say)
        rang = _late_table("late_or_lost", material, say)
        titles = (f"<h3>{escape(words)}</h3>" for words in (say("late_or_lost"), f"{say('late')} *"))
        return told_note + "".join(f"{title}{its}" for title, its in zip(titles, (rang, heard), strict=True))
    return told_note + _late_table("late", material, say)


def _late_table(figure: str, material: Material, say: Say) -> str:
    rows = [
        [
            rival,
            *(cell(f"{figure}_{priority}", found[f"{figure}_{priority}"], say) for priority in PRIORITIES),
        ]
        for rival, found in material.figures.items()
    ]
    return table([say("rival"), *PRIORITIES], rows)


def _maps(material: Material, say: Say) -> str:
    areas, seen = material.gathered.areas, material.gathered.seen
    bounds = scale_for([its.area_late for its in seen.values()], [its.area_calls for its in seen.values()])
    maps = "".join(
        f"<figure><figcaption>{escape(name)}</figcaption>"
        f"{city_map(areas, its.area_calls, its.area_late, bounds, say, material.inputs.words.drawn)}</figure>"
        for name, its in seen.items()
    )
    circles = say("circles") if any(shape.circle for shape in areas.shapes) else ""
    told_note = note("by_ward", say, circles=circles) if areas.wards else note("by_square", say)
    return f'{told_note}{key(bounds, say)}<div class="maps">{maps}</div>{"".join(places(material, say))}'


def _hours(material: Material, what: str, say: Say) -> str:
    units = what == "units"
    rows = {name: its.busy if units else its.waiting for name, its in material.gathered.seen.items()}
    never = note("queue_never", say) if _never(material) and not units else ""
    if not units and not any(hours.any() for its in rows.values() for hours in its):
        return note("queue_empty", say) + never
    words = (what, "busy_axis" if units else "queue_axis")
    drawn = by_hour(rows, 100.0 if units else 1.0, material.begins, words, say)
    return note(f"{what}_note", say) + never + _picture(drawn)


def _never(material: Material) -> bool:
    return any(its.responses[-1] for its in material.gathered.seen.values())


def _beds(material: Material, say: Say) -> str:
    """Nothing where no rival has beds taken."""
    rows = {name: its.beds for name, its in material.gathered.seen.items() if its.beds}
    if not rows:
        return ""
    return note("beds_note", say) + _picture(
        by_hour(rows, 1.0, material.begins, ("beds_by_hour", "beds_axis"), say)
    )


def _calls(material: Material, say: Say) -> Iterator[str]:
    """Who rang, hour by hour, and to whom nobody answered."""
    seen = material.gathered.seen
    for title, rows in (
        ("rang_by_hour", {name: its.rang for name, its in seen.items()}),
        ("lost_by_hour", {name: its.lost for name, its in seen.items()}),
    ):
        if any(hours.any() for its in rows.values() for hours in its):
            drawn = by_hour(rows, 1.0, material.begins, (title, "calls_axis"), say)
            yield _titled(title, _picture(drawn), say)


def _hospitals(material: Material, say: Say) -> str:
    """A table for each rival, but one for those under whom the same happens at every door."""
    alike: dict[bytes, list[str]] = {}
    for name, its in material.gathered.seen.items():
        happened = its.arrivals.tobytes() + its.door_s.tobytes() + its.taken_s.tobytes()
        alike.setdefault(happened, []).append(name)
    tables = [_doors(material, names, say) for names in alike.values()]
    return note("hospitals_note", say) + "".join(tables) + _beds(material, say)


def _doors(material: Material, names: Sequence[str], say: Say) -> str:
    """Those hospitals that most come to under these rivals, who are alike in that."""
    asked, words = material.inputs.experiment, material.inputs.words
    its = material.gathered.seen[names[0]]
    each_day = 24.0 / asked.hours / asked.replications
    order = np.argsort(-its.arrivals.sum(axis=1), kind="stable").tolist()
    rows = [
        [
            words.hospitals[number],
            say.number(words.beds[number], 0),
            *([say.number(its.taken_s[number].sum() / 3600 * each_day / 24)] if its.taken_s.any() else []),
            say.number(its.arrivals[number].sum() * each_day),
            say.number(its.door_s[number].sum() / 3600 * each_day),
            _clock(material, int(its.arrivals[number].argmax())),
        ]
        for number in order[:BUSIEST]
        if its.arrivals[number].sum() > 0
    ]
    taken = ("taken",) if its.taken_s.any() else ()
    head = [say(each) for each in ("hospitals", "beds", *taken, "arrivals", "door", "busiest")]
    return f"<h3>{escape(say('rival'))}: {escape(', '.join(names))}</h3>" + table(head, rows)


def _lost(material: Material, say: Say) -> str:
    if material.inputs.model is None:
        return f"<p>{escape(say('no_takers'))}</p>"
    names = ("lost", "lost_needing", "answer_s")
    rows = [
        [rival, *(cell(name, found[name], say) for name in names)]
        for rival, found in material.figures.items()
    ]
    return note("lost_note", say) + table([say("rival"), *(say(name) for name in names)], rows)


def _clock(material: Material, hour: int) -> str:
    return f"{(material.begins.hour + hour) % 24}:{material.begins.minute:02d}"


def _picture(inside: str) -> str:
    return f'<div class="picture">{inside}</div>'


def _made(material: Material, say: Say) -> str:
    asked, words = material.inputs.experiment, material.inputs.words
    day = material.inputs.model is None
    beds = "beds_taken" if any(rival.beds for rival in asked.rivals) else "beds_ordinary"
    hours, warm = say.number(asked.hours, 0), say.number(asked.warm_up_hours, 0)
    told_pairs = [
        ("made_calls", say(f"made_{asked.days}", source=words.source)),
        *([("made_left_out", in_words(words.left_out, say.language))] if words.left_out else []),
        ("made_hours", say("made_hours_told", hours=hours, warm=warm, n=asked.replications, seed=asked.seed)),
        ("made_roads", say("made_roads_told", map=words.map_version, pace=say("same_pace") if day else "")),
        ("made_rules", say("made_rules_told") if day else say("made_rules_model", beds=say(beds))),
        ("made_versions", ", ".join(f"{name} {number}" for name, number in material.versions.items())),
    ]
    return "<dl>" + "".join(f"<dt>{escape(say(k))}</dt><dd>{escape(v)}</dd>" for k, v in told_pairs) + "</dl>"
