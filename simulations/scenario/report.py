"""One page about a scenario: question, answer, figures with their intervals, hours, and what it stands on.

In both languages, of which the reader picks one; nothing is fetched from anywhere.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import isnan

import numpy as np

from routing.arrays import Float64s
from simulations.scenario.answer import answers, unheard_of
from simulations.scenario.charts import chart
from simulations.scenario.figures import FIGURES, Table
from simulations.scenario.numbers import said
from simulations.scenario.say_change import say_change, say_spells
from simulations.scenario.scenario import LANGUAGES, Scenario
from simulations.scenario.stage import Stage
from simulations.scenario.words import FIGURE_WORDS, WORDS
from simulations.statistics.intervals import mean_of

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1b1f;background:#fff}
main{max-width:52rem;margin:0 auto;padding:0 1rem 3rem}
.banner{background:#5b2a86;color:#fff;text-align:center;font-weight:600;padding:.4rem;position:sticky;top:0}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{padding:.3rem .5rem;text-align:right;
border-bottom:1px solid #ddd;vertical-align:top}td:first-child,th:first-child{text-align:left}
.wide{overflow-x:auto}.small{color:#555;font-size:.85rem}svg{width:100%;height:auto}
.grid{stroke:#ddd}.axis{font-size:11px;fill:#555}.name{font-size:13px}
input{position:absolute;opacity:0}label{display:inline-block;padding:.2rem .8rem;margin:1rem .3rem 0 0;
border:1px solid #888;border-radius:1rem;cursor:pointer}
#vi:checked~label[for=vi],#en:checked~label[for=en]{background:#1b1b1f;color:#fff}
input:focus-visible~label{outline:2px solid #1f5fa8}
#vi:checked~.en,#en:checked~.vi{display:none}
@media(prefers-color-scheme:dark){body{background:#17171a;color:#eee}td,th,.grid{border-color:#444;stroke:#444}
.small{color:#aaa}.axis{fill:#aaa}.name{fill:#eee}#vi:checked~label[for=vi],#en:checked~label[for=en]
{background:#eee;color:#111}}
"""


def report(stage: Stage, tables: Mapping[str, Table]) -> str:
    title = escape(stage.scenario.question["vi"])
    bodies = "".join(
        f'<div class="{language}" lang="{language}">{_body(stage, tables, language)}</div>'
        for language in LANGUAGES
    )
    banner = " · ".join(WORDS["banner"][language] for language in LANGUAGES)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{STYLE}</style></head><body><div class="banner">{escape(banner)}</div><main>'
        '<input type="radio" name="language" id="vi" checked><input type="radio" name="language" id="en">'
        f'<label for="vi">Tiếng Việt</label><label for="en">English</label>{bodies}</main></body></html>\n'
    )


def _body(stage: Stage, tables: Mapping[str, Table], language: str) -> str:
    scenario = stage.scenario

    def word(name: str) -> str:
        return escape(WORDS[name][language])

    names = {course.id: course.name[language] for course in scenario.courses}
    parts = [
        f"<h1>{escape(scenario.question[language])}</h1>",
        f"<h2>{word('answer')}</h2>",
        *(_answer(heading, its) for heading, its in answers(scenario, tables, language)),
        f"<p>{escape(scenario.explains[language])}</p>",
        f"<h2>{word('table')}</h2>",
        _table(tables, names, language),
        f'<p class="small">{word("interval").format(count=scenario.replications)}</p>',
        f"<h2>{word('days')}</h2>",
        *_charts(tables, names, language),
        f"<h2>{word('changes')}</h2>",
        _changes(scenario, names, language),
        f"<h2>{word('stands')}</h2>",
        _stands(stage, language),
    ]
    return "".join(parts)


def _answer(heading: str, parts: Sequence[str]) -> str:
    said = "".join(f"<li>{escape(part)}</li>" for part in parts)
    return f"<p><b>{escape(heading)}</b></p><ul>{said}</ul>"


def _table(tables: Mapping[str, Table], names: Mapping[str, str], language: str) -> str:
    head = "".join(f"<th>{escape(names[course])}</th>" for course in tables)
    rows = []
    for figure in FIGURES:
        cells = [_cell(figure, table.values[figure], language) for table in tables.values()]
        if figure not in unheard_of(tables):
            rows.append(f"<tr><td>{escape(FIGURE_WORDS[figure][language])}</td>{''.join(cells)}</tr>")
    corner = escape(WORDS["figure"][language])
    return f'<div class="wide"><table><tr><th>{corner}</th>{head}</tr>{"".join(rows)}</table></div>'


def _cell(figure: str, values: Sequence[float], language: str) -> str:
    known = [value for value in values if not isnan(value)]
    if not known:
        return "<td>–</td>"
    found = mean_of(known)
    mean, half = (said(figure, value, language) for value in (found.mean, found.half))
    return f'<td>{mean}<br><span class="small">± {half}</span></td>'


def _charts(tables: Mapping[str, Table], names: Mapping[str, str], language: str) -> list[str]:
    day = WORDS["day"][language]

    def drawn(title: str, lines: list[tuple[str, Float64s]], *, percent: bool = False) -> str:
        if all(np.array_equal(values, lines[0][1], equal_nan=True) for _, values in lines):
            lines = [(WORDS["all_alike"][language], lines[0][1])]
        return f"<h3>{escape(WORDS[title][language])}</h3>{chart(lines, day, percent=percent)}"

    def each(name: str) -> list[tuple[str, Float64s]]:
        return [(names[course], table.hourly[name]) for course, table in tables.items()]

    def share(some: str, of: str) -> list[tuple[str, Float64s]]:
        return [
            (names[course], _by_hours(table.hourly[some], table.hourly[of]))
            for course, table in tables.items()
        ]

    parts = [drawn("calls_chart", each("calls"))]
    if any(table.hourly["lost"].any() for table in tables.values()):
        parts.append(drawn("lost_chart", share("lost", "calls"), percent=True))
    parts.append(drawn("late_chart", share("late", "incidents"), percent=True))
    if any(table.hourly["waiting"].max() > 0.05 for table in tables.values()):
        parts.append(drawn("waiting_chart", each("waiting")))
    parts.append(drawn("busy_chart", each("busy")))
    return parts


def _by_hours(some: Float64s, of: Float64s) -> Float64s:
    """Over three hours, so that a calm night is no saw."""
    window = np.ones(3)
    above, below = np.convolve(some, window, "same"), np.convolve(of, window, "same")
    found = np.full(len(some), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _changes(scenario: Scenario, names: Mapping[str, str], language: str) -> str:
    rows = []
    for change in scenario.changes:
        courses = ", ".join(names[each] for each in change.courses) or WORDS["all_courses"][language]
        when = say_spells(change.spells, scenario.lasts_s)[language]
        rows.append(
            f"<li>{escape(say_change(change)[language])} "
            f'<span class="small">({escape(when)}; {escape(courses)})</span></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def _stands(stage: Stage, language: str) -> str:
    model, scenario = stage.model, stage.scenario
    takers = sum(desks.count for desks in model.call_taking.desks)
    talk_s = max(each.mean_s for each in model.call_taking.talk.values())
    facts = [
        ("model", model.name),
        ("units", str(len(model.units))),
        ("lines", str(model.call_taking.lines)),
        ("takers", str(takers)),
        ("talk", f"{talk_s:.0f} s"),
        ("replications", str(scenario.replications)),
        ("seed", str(scenario.seed)),
        ("map", stage.ground.map_version),
    ]
    rows = "".join(f"<li>{escape(WORDS[name][language])}: {escape(value)}</li>" for name, value in facts)
    sources = "".join(f"<li>{escape(value)}</li>" for value in model.sources.values())
    ground = WORDS["drawn" if stage.drawn else "osm"][language]
    return f'<ul>{rows}</ul><ul class="small">{sources}</ul><p class="small">{escape(ground)}</p>'
