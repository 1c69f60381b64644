"""The region's page: one HTML text in Vietnamese or English, no script, nothing fetched from anywhere.

It says when it was made. One that hangs cannot look fresh: what was loaded covers its own foot after a while.
"""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from api.region.alert_list import alert_list
from api.region.page_style import STYLE
from api.region.places import Place, name_of
from api.region.words import WORDS, ago, span

EVERY_S = 5
MARKS = {"fresh": "●", "relay_only": "▲", "late": "▲", "cut_off": "■", "unknown": "?"}
COLUMNS = ("link", "age", "newest", "free_units", "busy", "beds", "calls", "wait")


def page(
    told: dict[str, Any],
    language: str,
    places: Mapping[str, Place],
    zone: ZoneInfo | None = None,
    query: str = "",
) -> str:
    """told : `Board.page`, with "linked", whether the broker answers, and "missing" topics; language : "vi"
    or "en"; zone : of the clock, None: the machine's; query : what links carry on, such as "&token=…"
    """
    words = WORDS[language]
    other = "en" if language == "vi" else "vi"
    here = datetime.fromisoformat(told["now"]).astimezone(zone)
    trouble, topics = _trouble(told), ", ".join(told.get("missing", ()))
    body = _table(told, language, words, places) if told["centres"] else f"<p>{escape(words['none'])}</p>"
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{EVERY_S}">
<title>{escape(words["title"])} – Vigil</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>{escape(words["title"])}</h1>
<time datetime="{here.isoformat(timespec="seconds")}">{here:%H:%M:%S}</time>
<span>{escape(words["alerts"])}: {len(told["alerts"])}</span>
<a href="?lang={other}{escape(query)}" hreflang="{other}" lang="{other}">{words["other"]}</a></header>
<main>
{f'<p class="trouble">{escape(words[trouble].format(topics=topics))}</p>' if trouble else ""}
{body}
{alert_list(told, language, words, places)}
</main>
<p>{escape(words["still"].format(every=EVERY_S))} {escape(words["only"])} <small>UTC{here:%z}</small></p>
<div class="hung">{escape(words["hung"].format(time=f"{here:%H:%M:%S}"))}</div>
</body>
</html>
"""


def _trouble(told: dict[str, Any]) -> str:
    """Why the figures are not what they should be: a name in WORDS, empty where they are."""
    if not told["linked"]:
        return "unlinked"
    if told.get("missing"):
        return "missing"
    if not told["listening"]:
        return "reading"
    return "silent" if told["silent"] else ""


def _table(told: dict[str, Any], language: str, words: dict[str, str], places: Mapping[str, Place]) -> str:
    heads = "".join(f"<th scope=col>{escape(words[name])}</th>" for name in ("centre", *COLUMNS))
    rows = "".join(_row(each, name_of(each["centre"], language, places), words) for each in told["centres"])
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{_foot(told, words)}</table>"


def _foot(told: dict[str, Any], words: dict[str, str]) -> str:
    """What all have together, and how much of it is of centres that are cut off."""
    cut = [_counts(each) for each in told["centres"] if each["state"] == "cut_off"]
    units = told["units"]
    totals = {
        "free_units": units.get("AV", 0),
        "busy": _busy(units),
        "beds": sum(told["beds_free"].values()),
        "calls": told["calls"],
    }
    cells = []
    for name in COLUMNS:
        notes = []
        if name in totals and (gone := sum(each[name] or 0 for each in cut)):
            notes = [words["of_which"].format(count=gone)]
        cells.append(_cell(name, totals.get(name, ""), words, notes))
    said = words["cut_one" if len(cut) == 1 else "cut_many"].format(count=len(cut)) if cut else ""
    note = f'<small class="cut">{MARKS["cut_off"]} {escape(said)}</small>' if said else ""
    return f"<tfoot><tr><th scope=row>{escape(words['all'])}{note}</th>{''.join(cells)}</tr></tfoot>"


def _row(centre: dict[str, Any], name: str, words: dict[str, str]) -> str:
    hour, state = centre["hour"], centre["state"]
    figures: dict[str, object] = {
        "link": f"{MARKS[state]} {words[state]}",
        "age": ago(centre["age_s"], words),
        "newest": ago(centre["quiet_s"], words),
        **{each: "–" if count is None else count for each, count in _counts(centre).items()},
        "wait": _waits(hour, words),
    }
    notes = {"link": _of_link(centre, words)}
    cells = "".join(_cell(each, figures[each], words, notes.get(each, ())) for each in COLUMNS)
    return f'<tr class="{state}"><th scope=row>{escape(name)}</th>{cells}</tr>'


def _of_link(centre: dict[str, Any], words: dict[str, str]) -> list[str]:
    """Who is silent, each with how long; while nobody can be judged, when each was heard last."""
    notes = []
    for who, spoke_s in centre["spoke_s"].items():
        if centre["state"] == "unknown":
            how = "last" if spoke_s is not None else ""
        elif who in centre["silent"]:
            how = "silent" if spoke_s is not None else "never"
        else:
            how = "never" if who == "centre" and spoke_s is None else ""
        if how:
            notes.append(words[f"{who}_{how}"].format(span="" if spoke_s is None else span(spoke_s, words)))
    return notes


def _cell(name: str, value: object, words: dict[str, str], notes: list[str] | tuple[()] = ()) -> str:
    below = "".join(f"<small>{escape(note)}</small>" for note in notes)
    inside = f"<span>{escape(str(value))}{below}</span>" if value != "" else ""
    return f'<td class="{name}" data-name="{escape(words[name])}">{inside}</td>'


def _counts(centre: dict[str, Any]) -> dict[str, int | None]:
    return {
        "free_units": centre["units"].get("AV", 0),
        "busy": _busy(centre["units"]),
        "beds": sum(centre["beds_free"].values()),
        "calls": centre["hour"]["calls"] if centre["hour"] else None,
    }


def _busy(units: dict[str, int]) -> int:
    return sum(count for status, count in units.items() if status not in ("AV", "NS"))


def _waits(hour: dict[str, Any] | None, words: dict[str, str]) -> str:
    """The median and what nine of ten stay below; the measure once where it is the same."""
    names = ("wait_p50_s", "wait_p90_s")
    said = [span(hour[name], words) if hour and hour[name] is not None else "–" for name in names]
    short, _, measure = said[0].partition(" ")
    if measure and said[1].split(" ")[1:] == [measure]:
        said[0] = short
    return " / ".join(said)
