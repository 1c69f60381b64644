"""The status page: one HTML text, no script, nothing fetched from anywhere.

Read from across the room and on a phone: the state in one line, what is not well, then the rest, quieter.
On a wall of 1920 by 1080 all parts that there are fit.
"""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from api.observe.status import Status
from api.observe.status_words import (
    HEADINGS,
    MARKS,
    MEANWHILE,
    OTHER,
    PARTS,
    RUNNING,
    SINCE,
    STATES,
    STILL,
    VERSIONS,
)
from api.observe.vitals import State, Vital

EVERY_S = 5
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
}

STYLE = """
:root { color-scheme: dark; --ground: #14181d; --ink: #e8edf2; --quiet: #9aa7b4; --line: #2b333c;
  --late: #f5b83d; --failed: #ff6b5e; }
* { box-sizing: border-box; }
body { margin: 0; padding: clamp(1rem, 1.4vw, 3rem) clamp(1rem, 2.5vw, 4rem); min-height: 100vh;
  display: flex; flex-direction: column; gap: clamp(0.6rem, 1vw, 2rem);
  background: var(--ground); color: var(--ink);
  font: clamp(1rem, 0.8rem + 0.65vw, 2rem)/1.35 "Noto Sans", "Segoe UI", Roboto, system-ui, sans-serif; }
header, footer { display: flex; flex-wrap: wrap; gap: 0.3em 1.5em; align-items: baseline;
  color: var(--quiet); }
header b { color: var(--ink); }
header a { margin-left: auto; color: var(--ink); padding: 0.6em 0; }
h1 { margin: 0; font-size: clamp(2rem, 4.6vw, 6rem); line-height: 1.1; font-weight: 700; }
time { font-size: clamp(1.6rem, 2.6vw, 3.5rem); font-variant-numeric: tabular-nums; margin-right: 0.4em; }
p { margin: 0.2em 0 0; color: var(--quiet); }
p.failed { color: var(--ink); font-size: 1.3em; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0 3vw;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 18em), 1fr)); }
li { display: grid; grid-template-columns: 1.5em 1fr; padding: 0.45em 0; border-top: 1px solid var(--line); }
li b { display: block; }
li span { color: var(--quiet); }
li.well { font-size: 0.95em; }
li.late span, li.failed span { color: var(--ink); }
.late > i, h1.late { color: var(--late); }
.failed > i, h1.failed { color: var(--failed); }
i { font-style: normal; color: var(--quiet); }
small { font-size: 0.8em; color: var(--quiet); }
footer { margin-top: auto; font-size: 0.85em; overflow-wrap: anywhere; }
"""


def page(status: Status, language: str, zone: ZoneInfo) -> str:
    """language : "vi" or "en"; zone : in which the clocks of the centre go."""
    other = "en" if language == "vi" else "vi"
    state = status.state
    here = status.now.astimezone(zone)
    versions = " ".join(
        f"<span>{escape(VERSIONS[name][language])} {escape(version)}</span>"
        for name, version in status.versions.items()
    )
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{EVERY_S}">
<title>{MARKS[state]} {escape(HEADINGS[state][language])} – Vigil</title>
<style>{STYLE}</style>
</head>
<body>
<header><b>Vigil</b> <span>{escape(status.city[language])}</span> <a href="?lang={other}" hreflang="{other}"
  lang="{other}">{OTHER[language]}</a></header>
<main>
<h1 class="{state}"><span aria-hidden="true">{MARKS[state]}</span> {escape(HEADINGS[state][language])}</h1>
{_meanwhile(status, language)}<p><time datetime="{here.isoformat(timespec="seconds")}">{here:%H:%M:%S}</time>
{escape(STILL[language].format(every=EVERY_S))}</p>
</main>
<ul>
{_lines(status, language, zone)}</ul>
<footer><span>{escape(RUNNING[language])} {_moment(status.started_at, zone)}</span> {versions}</footer>
</body>
</html>
"""


def _meanwhile(status: Status, language: str) -> str:
    return f'<p class="failed">{escape(MEANWHILE[language])}</p>\n' if status.state is State.FAILED else ""


def _lines(status: Status, language: str, zone: ZoneInfo) -> str:
    """What failed, the alarms in their own words, what is late, and the rest in the order of registration."""
    told = [(name, vital) for name, vital in status.parts.items() if not (name == "alarms" and status.alarms)]
    by_state = {
        state: "".join(_part(name, vital, language) for name, vital in told if vital.state is state)
        for state in State
    }
    alarms = _alarms(status, language, zone)
    return by_state[State.FAILED] + alarms + by_state[State.LATE] + by_state[State.WELL]


def _alarms(status: Status, language: str, zone: ZoneInfo) -> str:
    lines = []
    for alarm in status.alarms:
        since = _moment(datetime.fromisoformat(alarm["since"]), zone)
        lines.append(
            f'<li class="late"><i aria-hidden="true">▲</i><div><b>{escape(alarm["text"][language])}</b>'
            f"<span>{SINCE[language]} {since}</span></div></li>\n"
        )
    return "".join(lines)


def _part(name: str, vital: Vital, language: str) -> str:
    title = PARTS.get(name, {}).get(language, name)
    return (
        f'<li class="{vital.state}"><i aria-label="{STATES[vital.state][language]}">{MARKS[vital.state]}</i>'
        f"<div><b>{escape(title)}</b><span>{escape(vital.sentence[language])}</span></div></li>\n"
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d/%m %H:%M}"
