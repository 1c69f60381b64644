"""The region's page: one HTML text in Vietnamese or English, no script, nothing fetched from anywhere."""

from html import escape
from typing import Any

EVERY_S = 5
WORDS = {
    "vi": {
        "title": "Toàn vùng",
        "centre": "Trung tâm",
        "age": "Biết đến",
        "newest": "Tin mới nhất",
        "units": "Xe",
        "free_units": "Rảnh",
        "busy": "Đang chạy",
        "beds": "Giường trống",
        "calls": "Cuộc gọi, 60 phút",
        "wait": "Chờ xe, giữa / 90 %",
        "fresh": "đang nối",
        "late": "chậm",
        "cut_off": "mất liên lạc",
        "relay": "vigil relay im lặng",
        "centre_silent": "trung tâm im lặng",
        "ago": "{span} trước",
        "all": "Cả vùng",
        "silent": "Bộ xử lý luồng im lặng: các số dưới đây không được cập nhật.",
        "unlinked": "Không kết nối được Kafka: các số dưới đây là cũ.",
        "none": "Chưa có trung tâm nào gửi dữ liệu.",
        "still": "Trang tự làm mới mỗi 5 giây. Trang này chỉ để xem; mỗi trung tâm tự quyết định.",
        "alerts": "Cảnh báo đang mở",
        "other": "English",
    },
    "en": {
        "title": "The region",
        "centre": "Centre",
        "age": "Known up to",
        "newest": "Newest fact",
        "units": "Units",
        "free_units": "Free",
        "busy": "On runs",
        "beds": "Free beds",
        "calls": "Calls, 60 min",
        "wait": "Wait for a unit, median / 90 %",
        "fresh": "linked",
        "late": "late",
        "cut_off": "cut off",
        "relay": "its relay is silent",
        "centre_silent": "the centre is silent",
        "ago": "{span} ago",
        "all": "All",
        "silent": "The stream worker is silent: the figures below are not renewed.",
        "unlinked": "Kafka does not answer: the figures below are old.",
        "none": "No centre has sent anything yet.",
        "still": "Renews itself every 5 s. This page only shows; each centre decides for itself.",
        "alerts": "Open alerts",
        "other": "Tiếng Việt",
    },
}
MARKS = {"fresh": "●", "late": "▲", "cut_off": "■"}
STYLE = """
:root { color-scheme: dark; --ground: #14181d; --ink: #e8edf2; --quiet: #9aa7b4; --line: #2b333c;
  --late: #f5b83d; --cut_off: #ff6b5e; }
* { box-sizing: border-box; }
body { margin: 0; padding: clamp(1rem, 2.5vw, 3rem); background: var(--ground); color: var(--ink);
  font: clamp(1rem, 0.8rem + 0.5vw, 1.6rem)/1.35 "Noto Sans", "Segoe UI", Roboto, system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 0.3em 1.5em; align-items: baseline; }
header a { margin-left: auto; color: var(--ink); padding: 0.6em 0; }
h1 { margin: 0; font-size: 1.6em; }
p { color: var(--quiet); margin: 0.6em 0; }
p.trouble { color: var(--cut_off); font-weight: 700; }
table { border-collapse: collapse; width: 100%; margin: 0.8em 0; }
th, td { text-align: left; padding: 0.5em 0.8em 0.5em 0; border-top: 1px solid var(--line);
  vertical-align: top; }
thead th { color: var(--quiet); font-weight: 400; }
td { font-variant-numeric: tabular-nums; }
tbody th { font-weight: 700; }
tr.late .state { color: var(--late); } tr.cut_off .state { color: var(--cut_off); font-weight: 700; }
tr.cut_off td { color: var(--quiet); }
tfoot th, tfoot td { border-top: 2px solid var(--line); font-weight: 700; }
@media (max-width: 45rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; border-top: 1px solid var(--line); padding: 0.5em 0; }
  th, td { display: flex; justify-content: space-between; border: 0; padding: 0.15em 0; gap: 1em; }
  td::before { content: attr(data-name); color: var(--quiet); font-weight: 400; }
}
"""


def page(told: dict[str, Any], language: str, linked: bool, query: str = "") -> str:
    """told : `Board.page`; language : "vi" or "en"; linked : whether the broker answers; query : what links
    carry on, such as "&token=…"
    """
    words = WORDS[language]
    other = "en" if language == "vi" else "vi"
    trouble = words["unlinked"] if not linked else words["silent"] if told["silent"] else ""
    body = _table(told, words) if told["centres"] else f"<p>{escape(words['none'])}</p>"
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
<header><h1>{escape(words["title"])}</h1> <span>{escape(words["alerts"])}: {len(told["alerts"])}</span>
<a href="?lang={other}{escape(query)}" hreflang="{other}" lang="{other}">{words["other"]}</a></header>
<main>
{f'<p class="trouble">{escape(trouble)}</p>' if trouble else ""}
{body}
</main>
<p>{escape(words["still"])}</p>
</body>
</html>
"""


def _table(told: dict[str, Any], words: dict[str, str]) -> str:
    names = ("age", "newest", "free_units", "busy", "beds", "calls", "wait")
    heads = "".join(f"<th scope=col>{escape(words[name])}</th>" for name in ("centre", *names))
    rows = "".join(_row(each, words) for each in told["centres"])
    units = told["units"]
    totals = {
        "age": "",
        "newest": "",
        "free_units": units.get("AV", 0),
        "busy": _busy(units),
        "beds": sum(told["beds_free"].values()),
        "calls": told["calls"],
        "wait": "",
    }
    cells = "".join(_cell(name, totals[name], words) for name in names)
    foot = f"<tfoot><tr><th scope=row>{escape(words['all'])}</th>{cells}</tr></tfoot>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{foot}</table>"


def _row(centre: dict[str, Any], words: dict[str, str]) -> str:
    hour, units = centre["hour"], centre["units"]
    silent = [words["centre_silent" if name == "centre" else name] for name in centre["silent"]]
    said = " · ".join([_ago(centre["age_s"], words), words[centre["state"]], *silent])
    state = f"{MARKS[centre['state']]} {said}"
    figures = {
        "newest": _ago(centre["quiet_s"], words),
        "free_units": units.get("AV", 0),
        "busy": _busy(units),
        "beds": sum(centre["beds_free"].values()),
        "calls": hour["calls"] if hour else "–",
        "wait": f"{_wait(hour, 'wait_p50_s')} / {_wait(hour, 'wait_p90_s')}",
    }
    cells = "".join(_cell(name, value, words) for name, value in figures.items())
    name = escape(centre["centre"])
    return (
        f'<tr class="{centre["state"]}"><th scope=row>{name}</th>'
        f'<td class="state" data-name="{escape(words["age"])}">{escape(state)}</td>{cells}</tr>'
    )


def _cell(name: str, value: object, words: dict[str, str]) -> str:
    return f'<td data-name="{escape(words[name])}">{escape(str(value))}</td>'


def _busy(units: dict[str, int]) -> int:
    return sum(count for status, count in units.items() if status not in ("AV", "NS"))


def _wait(hour: dict[str, Any] | None, name: str) -> str:
    return _span(hour[name]) if hour and hour[name] is not None else "–"


def _ago(seconds: float | None, words: dict[str, str]) -> str:
    return "–" if seconds is None else words["ago"].format(span=_span(seconds))


def _span(seconds: float) -> str:
    """As people say it: 8 s, 3:20, 2 h 05."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600} h {whole % 3600 // 60:02}"
