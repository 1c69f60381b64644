"""A page that stands by itself, Vietnamese first: the next hours, and how good such forecasts were."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from simulations.forecast.chart import Line, chart
from simulations.forecast.held_out import Judged
from simulations.forecast.law import Law
from simulations.forecast.series import Hourly
from simulations.forecast.words import WORDS

STYLE = """body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff;max-width:1000px;
margin:24px auto;padding:0 16px}h1{font-size:26px}h2{font-size:20px;margin-top:32px}
svg{width:100%;height:auto}svg text{font-size:13px;fill:#444c56}
.grid{stroke:#d8dee4}.band{fill:#0b5cad;opacity:.16}
table{border-collapse:collapse}th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid #d8dee4;
vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
details{margin:12px 0}section+section{border-top:3px solid #d8dee4;margin-top:48px}
@media(max-width:600px){.wide{overflow-x:auto}svg{min-width:640px}}"""
BAND = 0.8


def page(history: Hourly, law: Law, judged: Sequence[Judged], chosen: str, every_h: int) -> str:
    """law : of the hours after the history; judged : the naive forecaster first, may be empty"""
    sections = "".join(_section(lang, history, law, judged, chosen, every_h) for lang in WORDS)
    title = WORDS["vi"]["title"].format(hours=len(law.below))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head>'
        f"<body>{sections}</body></html>\n"
    )


def _section(
    lang: str, history: Hourly, law: Law, judged: Sequence[Judged], chosen: str, every_h: int
) -> str:
    words, hours = WORDS[lang], len(law.below)
    known, mean = len(history.counts), law.mean
    peak = int(mean.argmax())
    low, high = law.quantile((1 - BAND) / 2), law.quantile((1 + BAND) / 2)
    moments = [history.at(known + hour) for hour in range(hours)]
    ticks = [(hour, _moment(words, at)) for hour, at in enumerate(moments) if at.hour % 12 == 0]
    rows = "".join(
        f'<tr><td>{_moment(words, at)}</td><td class="n">{_number(lang, value, 1)}</td>'
        f'<td class="n">{least} - {most}</td></tr>'
        for at, value, least, most in zip(moments, mean.tolist(), low.tolist(), high.tolist(), strict=True)
    )
    told = [
        f'<section lang="{lang}"><h1>{words["title"].format(hours=hours)}</h1>',
        "<p>",
        words["history"].format(
            calls=_whole(lang, int(history.counts.sum())),
            begins=_date(history.begins),
            ends=_date(history.at(known)),
        ),
        "</p><p>",
        words["whole"].format(
            hours=hours,
            mean=_whole(lang, round(float(mean.sum()))),
            peak=_moment(words, moments[peak]),
            most=_number(lang, float(mean[peak]), 1),
        ),
        f'</p><h2>{words["next"]}</h2><p>{words["next_says"]}</p><div class="wide">',
        chart(
            [Line(words["mean"], mean.tolist())],
            ticks,
            band=(low.tolist(), high.tolist()),
            label=words["next"],
        ),
        f"</div><details><summary>{words['hour']}</summary><table><tr><th>{words['hour']}</th>"
        f"<th>{words['mean']}</th><th>{words['interval']}</th></tr>{rows}</table></details>",
    ]
    if judged:
        told.append(_judgement(lang, judged, chosen, every_h))
    return "".join([*told, "</section>"])


def _judgement(lang: str, judged: Sequence[Judged], chosen: str, every_h: int) -> str:
    words, naive = WORDS[lang], judged[0]
    rows = []
    for each in judged:
        was, should = each.covered[-1]
        rows.append(
            f'<tr><td>{words[each.name]}</td><td class="n">{_number(lang, float(each.crps.mean()), 3)}</td>'
            f"<td>{'' if each is naive else escape(against(lang, each, naive))}</td>"
            f'<td class="n">{_number(lang, float(each.pinball90.mean()), 3)}</td>'
            f'<td class="n">{_number(lang, 100 * was, 1)} % ({_number(lang, 100 * should, 1)} %)</td></tr>'
        )
    hours = len(naive.by_ahead)
    lines = [Line(words[each.name], each.by_ahead.tolist()) for each in judged]
    ticks = [(hour - 1, str(hour)) for hour in (1, 6, 12, 24, 36, 48) if hour <= hours]
    return (
        f"<h2>{words['judged'].format(weeks=len(naive.crps))}</h2>"
        f'<p>{words["judged_says"].format(every=every_h)}</p><div class="wide"><table><tr>'
        + "".join(f"<th>{words[key]}</th>" for key in ("method", "score", "against", "pinball", "inside"))
        + f"</tr>{''.join(rows)}</table></div><p>{words['chosen'].format(name=words[chosen])} "
        f"{_next_best(lang, judged)}</p>"
        f'<h2>{words["by_ahead"]}</h2><div class="wide">'
        f"{chart(lines, ticks, label=words['by_ahead'])}</div><p>{words['ahead']}</p>"
    )


def _next_best(lang: str, judged: Sequence[Judged]) -> str:
    first, second, *_ = sorted(judged, key=lambda each: float(each.crps.mean()))
    told = against(lang, first, second)
    return WORDS[lang]["next_best"].format(name=WORDS[lang][second.name], told=told)


def against(lang: str, one: Judged, other: Judged) -> str:
    """How much better one scores than the other, or that no difference is seen."""
    found, whole = one.against(other), float(other.crps.mean())
    if not found.sure:
        return WORDS[lang]["no_difference"]
    shares = sorted(
        abs(100 * each / whole) for each in (found.interval.mean, found.interval.low, found.interval.high)
    )
    low, share, high = (_number(lang, each, 1) for each in shares)
    kind = "better" if found.interval.mean < 0 else "worse"
    return WORDS[lang][kind].format(share=share, low=low, high=high)


def _number(lang: str, value: float, digits: int) -> str:
    told = f"{value:.{digits}f}"
    return told.replace(".", ",") if lang == "vi" else told


def _whole(lang: str, value: int) -> str:
    told = f"{value:,}"
    return told.replace(",", ".") if lang == "vi" else told


def _moment(words: dict[str, str], at: datetime) -> str:
    return f"{words['days'].split(',')[at.weekday()]} {at:%H:%M}"


def _date(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M}"
