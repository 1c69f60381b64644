"""A plan of stations as one page in both languages: needs no network and no script."""

from collections.abc import Mapping, Sequence
from html import escape

from simulations.city_model.model import CityModel
from simulations.experiment.inputs import WardShape
from simulations.planning.station_map import by_sureness, station_map
from simulations.planning.stations import Rival, StationPlan
from simulations.planning.words import WORDS
from simulations.results.report.look import LOOK
from simulations.results.report.say import LANGUAGES, Language, Say
from simulations.statistics.intervals import Difference, Interval

SURE, LIKELY = 0.75, 0.5


def planner(language: Language) -> Say:
    return Say(language, WORDS)


def page(plan: StationPlan, model: CityModel, shapes: Sequence[WardShape], city: Mapping[str, str]) -> str:
    title = escape(planner(LANGUAGES[0])("title", count=plan.asked.more))
    choices, bodies = [], []
    for language in LANGUAGES:
        say = planner(language)
        checked = " checked" if language == LANGUAGES[0] else ""
        choices.append(
            f'<input type="radio" name="language" id="{language}"{checked}>'
            f'<label for="{language}" lang="{language}">{escape(say("language"))}</label>'
        )
        bodies.append(f'<main lang="{language}">{_body(plan, model, shapes, city, say)}</main>')
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{LOOK}</style></head><body>{''.join(choices)}{''.join(bodies)}"
        "</body></html>\n"
    )


def _body(
    plan: StationPlan, model: CityModel, shapes: Sequence[WardShape], city: Mapping[str, str], say: Say
) -> str:
    stands = sum(site.stands for site in plan.layout.sites)
    named = city.get(say.language, model.name)
    return "".join(
        [
            f'<p class="banner"><b>{escape(say("simulation"))}</b><span>{escape(say("not_real"))}</span></p>',
            f"<h1>{escape(say('title', count=plan.asked.more))}</h1>",
            _note(say("of_city", city=named, stands=stands, count=plan.asked.more)),
            _titled(say("in_short"), _short(plan, say)),
            _titled(
                say("map"),
                _note(say("map_note")) + f'<div class="picture">{station_map(plan, shapes, say)}</div>',
            ),
            _titled(say("places"), _places(plan, say)),
            _titled(say("nights"), _nights(plan, say)),
            _titled(say("formulas"), _formulas(plan, say)),
            _titled(say("stands_on"), _stands_on(plan, model, say)),
        ]
    )


def _short(plan: StationPlan, say: Say) -> str:
    chosen = next(each for each in plan.choices if each.model == plan.asked.model)
    told = [
        say(
            "short_formula",
            before=say.number(100 * plan.covered_now),
            after=say.number(100 * chosen.covered),
            minutes=_minutes(plan.asked.within_s, say),
        )
    ]
    formula = next(each for each in plan.rivals if each.name == "formula")
    told.append(
        say(
            "short_nights",
            nights=plan.asked.nights,
            late=against(formula.gain, 100.0, "points", say, say("no_difference")),
            mean=against(formula.slower, 1.0, "seconds", say, say("no_difference")),
        )
    )
    if plan.doubt is not None:
        sure = sum(again > LIKELY for again in plan.doubt.again)
        told.append(say("short_sure", sure=sure, count=len(plan.doubt.again)))
    return f'<ul class="short">{"".join(f"<li>{escape(each)}</li>" for each in told)}</ul>'


def _places(plan: StationPlan, say: Say) -> str:
    rows = []
    for number, (site, again) in enumerate(by_sureness(plan), 1):
        its = plan.layout.sites[site]
        where = f"{its.position.lat:.4f}, {its.position.lon:.4f}"
        rows.append([f"{number}. {its.name or its.id}", where, *_sureness(again, say)])
    head = [say("ward"), say("place")]
    if plan.doubt is None:
        return _table(head, rows)
    worst = max(best - ours for ours, best in zip(plan.doubt.covered, plan.doubt.best, strict=True))
    note = _note(say("places_note", times=len(plan.doubt.covered)))
    worlds = say(
        "worlds",
        least=say.number(100 * min(plan.doubt.covered)),
        most=say.number(100 * max(plan.doubt.covered)),
        lost=say.number(100 * worst),
    )
    return note + _table([*head, say("again"), say("judgement")], rows) + f"<p>{escape(worlds)}</p>"


def _sureness(again: float | None, say: Say) -> list[str]:
    if again is None:
        return []
    judged = "sure" if again >= SURE else "likely" if again > LIKELY else "one_of_several"
    return [f"{say.number(100 * again, 0)}%", say(judged)]


def _nights(plan: StationPlan, say: Say) -> str:
    rows = [_rival(each, say) for each in plan.rivals]
    head = [say(key) for key in ("rival", "vans", "late", "mean_s", "late_against", "mean_against")]
    told = _note(say("nights_note", nights=plan.asked.nights)) + _table(head, rows)
    last = plan.rivals[-1]
    if plan.found is None or last.by_search is None:
        return told
    step = against(last.by_search, 100.0, "points", say, say("none_shown"))
    kept = len(plan.found.steps) - 1
    return told + _note(say("search_note", tried=plan.found.tried, kept=kept, told=step))


def _rival(rival: Rival, say: Say) -> list[str]:
    return [
        say(rival.name),
        str(sum(rival.vans.values())),
        _between(rival.late, 100.0, 1, "%", say),
        _between(rival.mean_s, 1.0, 0, " s", say),
        "" if rival.gain is None else against(rival.gain, 100.0, "points", say, say("none_shown")),
        "" if rival.slower is None else against(rival.slower, 1.0, "seconds", say, say("none_shown")),
    ]


def _formulas(plan: StationPlan, say: Say) -> str:
    layout, count = plan.layout, plan.asked.more
    least, most = (say.number(float(end), 2) for end in (layout.pace.min(), layout.pace.max()))
    pace = say("pace_hours", least=least, most=most) if len(layout.pace) > 1 else say("pace_none")
    rows = [[say("now"), _percent(plan.covered_now, say), f"{say.number(plan.mean_s_now, 0)} s", ""]]
    for choice in plan.choices:
        bound = choice.answer.bound
        limit = f"{say.number(100 * bound, 2)}%" if choice.model == "mclp" else f"{say.number(bound)} s"
        proof = say("proved") if choice.answer.proved else say("bounded", bound=limit)
        rows.append(
            [
                say(choice.model, count=count),
                _percent(choice.covered, say),
                f"{say.number(choice.mean_s, 0)} s",
                proof,
            ]
        )
    note = say("formulas_note", minutes=_minutes(plan.asked.within_s, say), pace=pace)
    return _note(note) + _table([say(key) for key in ("choice", "covered", "mean", "bound")], rows)


def _stands_on(plan: StationPlan, model: CityModel, say: Say) -> str:
    told = [model.about, *(f"{what}: {source}" for what, source in model.sources.items())]
    if plan.layout.left_out:
        told.append(say("left_out", names=", ".join(plan.layout.left_out)))
    if plan.layout.unreached > 0:
        told.append(say("unreached", share=say.number(100 * plan.layout.unreached)))
    told.append(say("drawn" if plan.drawn else "osm"))
    return "".join(_note(each) for each in told)


def against(found: Difference | None, scale: float, unit: str, say: Say, none: str) -> str:
    """Between what two rivals differ, or that nothing is shown."""
    if found is None or not found.sure:
        return none
    ends = sorted(abs(scale * end) for end in (found.interval.low, found.interval.high))
    digits = 1 if unit == "points" else 0
    way = "less" if found.interval.mean < 0 else "more"
    return say(f"{unit}_{way}", least=say.number(ends[0], digits), most=say.number(ends[1], digits))


def _between(found: Interval, scale: float, digits: int, unit: str, say: Say) -> str:
    mean, low, high = (say.number(scale * each, digits) for each in (found.mean, found.low, found.high))
    return f"{mean}{unit} ({low} – {high})"


def _percent(share: float, say: Say) -> str:
    return f"{say.number(100 * share)}%"


def _minutes(seconds: float, say: Say) -> str:
    return f"{say.minutes(seconds)} min" if say.language == "en" else f"{say.minutes(seconds)} phút"


def _titled(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def _note(words: str) -> str:
    return f'<p class="note">{escape(words)}</p>'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(each)}</th>" for each in head)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>'
