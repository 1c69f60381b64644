"""The report as one file: what may be concluded first, then the figures, both languages, without a script."""

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from simulations.calibration.compare import DRAWS, LEAST_BLOCKS, Compared
from simulations.calibration.conclude import Sentence
from simulations.calibration.material import LEAST, Material
from simulations.calibration.pictures import demand_by_hour, hour_means, response_curves, stage_differences
from simulations.calibration.stretches import SHARES
from simulations.calibration.words import WORDS
from simulations.results.report.city_map import FEW, city_map, key, scale_for
from simulations.results.report.look import LOOK
from simulations.results.report.say import LANGUAGES, Say
from simulations.results.versions import versions


def page(material: Material) -> str:
    choices, bodies = [], []
    for language in LANGUAGES:
        say = Say(language, WORDS)
        checked = " checked" if language == LANGUAGES[0] else ""
        choices.append(
            f'<input type="radio" name="language" id="{language}"{checked}>'
            f'<label for="{language}" lang="{language}">{escape(say("language"))}</label>'
        )
        bodies.append(f'<main lang="{language}">{"".join(_body(material, say))}</main>')
    title = escape(Say(LANGUAGES[0], WORDS)("title", city=material.judged.model.name))
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{LOOK}</style></head><body>{''.join(choices)}{''.join(bodies)}</body></html>\n"
    )


def _body(material: Material, say: Say) -> Iterator[str]:
    judged, its = material.judged, material.judged.of
    source = say("the_log") if its.source == "the log" else its.source
    yield f'<p class="banner"><b>{escape(say("simulation"))}</b>'
    yield f"<span>{escape(say('not_real', source=source))}</span></p>"
    yield f"<h1>{escape(say('title', city=judged.model.name))}</h1>"
    yield _note(
        say(
            "span",
            calls=say.number(len(its.calls), 0),
            days=its.days,
            begins=f"{its.begins:%d/%m/%Y}",
            n=judged.asked.replications,
        )
    )
    for title, sentences in (("may", material.may), ("may_not", material.may_not)):
        items = "".join(f"<li>{escape(in_words(each, say))}</li>" for each in sentences)
        yield f'<h2>{escape(say(title))}</h2><ul class="short">{items}</ul>'
    if material.figures:
        yield _part("figures", _note(say("figures_note")) + table(material.figures, say), say)
    if any(each.stretch == "response" for each in material.figures):
        yield from _responses(material, say)
    yield _part(
        "demand", _note(_of_demand(material, say)) + _picture(demand_by_hour(material.demand, say)), say
    )
    yield _part("how", _how(material, source, say), say)


def _responses(material: Material, say: Say) -> Iterator[str]:
    judged = material.judged
    yield _part("curve", _note(say("curve_note")) + _picture(response_curves(judged, say)), say)
    yield _part("stages", _note(say("stages_note")) + _picture(stage_differences(material.figures, say)), say)
    if material.priorities:
        yield _part("by_priority", table(material.priorities, say), say)
    if material.hours:
        yield _part(
            "hours", _note(_of_groups(material.hours, say)) + _picture(hour_means(material.hours, say)), say
        )
    if material.wards:
        yield _part("by_ward", _note(_of_groups(material.wards, say)) + table(material.wards, say), say)
    if (material.calls >= FEW).any():
        yield _part("ward_maps", _maps(material, say), say)


def _maps(material: Material, say: Say) -> str:
    """Both sides of the same places: those with enough of the record."""
    judged, rounds = material.judged, material.judged.asked.replications
    shown = np.where(material.calls >= FEW, material.calls, 0)
    bounds = scale_for([material.late_recorded, material.late_simulated], [shown, shown * rounds])
    maps = [
        f"<figure><figcaption>{escape(say(side))}</figcaption>"
        f"{city_map(material.areas, calls, late, bounds, say, judged.drawn)}</figure>"
        for side, calls, late in (
            ("recorded", shown, material.late_recorded),
            ("simulated", shown * rounds, material.late_simulated),
        )
    ]
    return key(bounds, say) + f'<div class="maps">{"".join(maps)}</div>'


def in_words(sentence: Sentence, say: Say) -> str:
    figures = "; ".join(_apart_words(each, say) for each in sentence.figures)
    half = say.minutes(sentence.figures[0].half) if sentence.figures else ""
    return say(sentence.key, figures=figures, half=half, count=say.number(sentence.count, 0))


def _apart_words(each: Compared, say: Say) -> str:
    low, high = _signed(each.apart_low, each, say), _signed(each.apart_high, each, say)
    return f"{_named(each, say)} {_signed(each.apart, each, say)} ({low} {say('to')} {high})"


def table(rows: Sequence[Compared], say: Say) -> str:
    heads = ("figure", "calls_of", "recorded", "simulated", "apart", "verdict")
    head = "".join(f"<th>{escape(say(each))}</th>" for each in heads)
    body = "".join(
        f"<tr><td>{escape(_named(each, say))}</td><td>{say.number(each.calls, 0)}</td>"
        f"<td>{_between(each.recorded, each.low, each.high, each, say)}</td>"
        f"<td>{_between(each.simulated, each.least, each.most, each, say)}</td>"
        f"<td>{_signed(each.apart, each, say)} [{_signed(each.apart_low, each, say)} {escape(say('to'))} "
        f"{_signed(each.apart_high, each, say)}]</td><td>{escape(verdict(each, say))}</td></tr>"
        for each in rows
    )
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'


def verdict(each: Compared, say: Say) -> str:
    if not each.sure:
        return say("no_difference")
    if each.stretch in SHARES:
        return say("more" if each.apart > 0 else "fewer")
    return say("longer" if each.apart > 0 else "shorter")


def _named(each: Compared, say: Say) -> str:
    kind = "share" if each.stretch in SHARES else each.kind
    name = say(each.stretch)
    return f"{each.group}: {name}" if each.group else f"{name}, {say(kind)}"


def _told(value: float, each: Compared, say: Say) -> str:
    return f"{say.number(100 * value)}%" if each.stretch in SHARES else say.minutes(value)


def _between(value: float, low: float, high: float, each: Compared, say: Say) -> str:
    return f"{_told(value, each, say)} [{_told(low, each, say)} {escape(say('to'))} {_told(high, each, say)}]"


def _signed(value: float, each: Compared, say: Say) -> str:
    if each.stretch in SHARES:
        return f"{say.signed(100 * value)}%"
    told = say.minutes(abs(value))
    return told if told == "0:00" else f"{'+' if value > 0 else '−'}{told}"


def _of_groups(rows: Sequence[Compared], say: Say) -> str:
    return say("groups_note", n=LEAST, parts=LEAST_BLOCKS, sure=sum(each.sure for each in rows), of=len(rows))


def _of_demand(material: Material, say: Say) -> str:
    demand = material.demand
    return say(
        "demand_note",
        total=say.number(demand.total, 0),
        mean=say.number(demand.total_mean, 0),
        least=say.number(demand.total_least, 0),
        most=say.number(demand.total_most, 0),
        inside=demand.hours_within,
    )


def _how(material: Material, source: str, say: Say) -> str:
    judged = material.judged
    intervals = say("intervals_days" if material.blocks.by_day else "intervals_hours", n=DRAWS)
    facts = [
        (say("model"), f"{judged.model.name} ({judged.model.id}): {judged.model.about}"),
        (say("source"), source),
        (say("policy"), say(f"policy_{judged.asked.policy}")),
        (say("shifts"), say("duty_known" if judged.on_duty else "duty_unknown")),
        (say("seed"), str(judged.asked.seed)),
        (say("map_version"), judged.map_version),
        (say("intervals"), intervals),
        (say("made_versions"), ", ".join(f"{name} {version}" for name, version in versions().items())),
    ]
    return (
        "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(told)}</dd>" for name, told in facts) + "</dl>"
    )


def _part(title: str, inside: str, say: Say) -> str:
    return f"<h2>{escape(say(title))}</h2>{inside}"


def _picture(drawn: str) -> str:
    return f'<div class="picture">{drawn}</div>'


def _note(words: str) -> str:
    return f'<p class="note">{escape(words)}</p>'
