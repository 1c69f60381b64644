"""The report of a fit: a page that stands by itself, Vietnamese first."""

from collections.abc import Callable
from html import escape

import numpy as np

from simulations.demand.fit import Fitted
from simulations.demand.held_out import Judgement
from simulations.demand.history import History
from simulations.demand.words import WORDS
from simulations.forecast.chart import Line, chart
from simulations.forecast.law import overdispersed
from simulations.forecast.report import STYLE
from simulations.statistics.intervals import Interval

BAND = 0.9


def page(history: History, fitted: Fitted, judged: Judgement) -> str:
    sections = "".join(_section(lang, history, fitted, judged) for lang in WORDS)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{WORDS["vi"]["title"]}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head>'
        f"<body>{sections}</body></html>\n"
    )


def _section(lang: str, history: History, fitted: Fitted, judged: Judgement) -> str:
    words = WORDS[lang]

    def number(value: float, digits: int = 2) -> str:
        told = f"{value:,.{digits}f}"
        return told if lang == "en" else told.translate(str.maketrans(",.", ".,"))

    law = overdispersed(judged.week, max(1.0, judged.dispersion))
    low, high = law.quantile((1 - BAND) / 2), law.quantile((1 + BAND) / 2)
    days = words["days"].split(",")
    plot = chart(
        [Line(words["seen"], judged.seen.tolist()), Line(words["fitted"], judged.week.tolist())],
        [(24 * day + 12, name) for day, name in enumerate(days)],
        band=(low.tolist(), high.tolist()),
        label=words["plot"],
    )
    facts = [
        (words["calls"], number(len(history), 0)),
        (words["wild"], number(history.wild, 0)),
        (words["span"], f"{history.at[0]:%d.%m.%Y} - {history.at[-1]:%d.%m.%Y}"),
        (words["hourly"], number(float(fitted.week().mean()))),
        (words["places"], number(len(fitted.places), 0)),
        (words["weeks"], f"{judged.weeks} ({number(judged.calls, 0)})"),
        (words["dispersion"], number(judged.dispersion)),
        *(
            (
                words["coverage"].format(share=number(100 * each.share, 0)),
                words["held"].format(
                    poisson=number(100 * each.poisson[1], 1),
                    said=number(100 * each.poisson[0], 1),
                    wide=number(100 * each.wide[1], 1),
                    wide_said=number(100 * each.wide[0], 1),
                ),
            )
            for each in judged.coverage
        ),
        (words["deviance"], number(judged.deviance.mean, 3)),
        (words["against_flat"], _apart(words, number, judged.against_flat.interval, 3)),
        (words["against_means"], _apart(words, number, judged.against_means.interval, 3)),
        (words["bits"], _apart(words, number, judged.bits, 4)),
    ]
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in facts)
    kinds = "".join(
        f'<tr><td>{escape(kind.id)}</td><td>{kind.priority}</td><td class="n">'
        f"{number(float(np.mean(kind.rates)))}</td></tr>"
        for kind in fitted.kinds
    )
    return (
        f'<section lang="{lang}"><h1>{escape(words["title"])}</h1><p>{escape(words["says"])}</p>'
        f"<h2>{escape(words['plot'])}</h2><p>{escape(words['plot_says'])}</p>"
        f'<div class="wide">{plot}</div><table>{rows}</table><p>{escape(words["how"])}</p>'
        f"<h2>{escape(words['kinds'])}</h2><table><tr><th>{escape(words['kind'])}</th>"
        f"<th>{escape(words['priority'])}</th><th>{escape(words['an_hour'])}</th></tr>{kinds}</table></section>"
    )


def _apart(
    words: dict[str, str], number: Callable[[float, int], str], interval: Interval, digits: int
) -> str:
    told = words["interval"].format(
        **{name: number(getattr(interval, name), digits) for name in ("mean", "low", "high")}
    )
    return f"{told} {words['no_difference']}" if interval.holds(0.0) else told
