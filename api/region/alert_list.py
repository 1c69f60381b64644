"""Open alerts on the region's page: a line for each centre and kind, the red ones and the oldest first."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any, Final

from api.region.places import Place, name_of
from api.region.words import span

LINES: Final = 8
MARKS: Final = {"red": "■", "amber": "▲"}


def alert_list(
    told: dict[str, Any], language: str, words: dict[str, str], places: Mapping[str, Place]
) -> str:
    """told : `Board.page`. Of a centre that is cut off it says so: its alerts may be over long since."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for alert in told["alerts"]:
        groups[alert["centre"], alert["kind"]].append(alert)
    if not groups:
        return ""
    now = datetime.fromisoformat(told["now"])
    cut_off = {each["centre"] for each in told["centres"] if each["state"] == "cut_off"}
    ordered = sorted(groups.items(), key=lambda group: (not _red(group[1]), _since(group[1])))
    lines = []
    for (centre, kind), alerts in ordered[:LINES]:
        level = "red" if _red(alerts) else "amber"
        oldest = span(max(0.0, (now - _since(alerts)).total_seconds()), words)
        many = f" × {len(alerts)}" if len(alerts) > 1 else ""
        said = [f"{words.get(kind, kind)}{many}", words["oldest"].format(span=oldest) if many else oldest]
        said += [words["cut_off"]] if centre in cut_off else []
        lines.append(
            f'<li class="{level}"><i role="img" aria-label="{words[level]}">{MARKS[level]}</i> '
            f"<b>{escape(name_of(centre, language, places))}</b> <span>{escape(' · '.join(said))}</span></li>"
        )
    if (left := len(ordered) - LINES) > 0:
        lines.append(f"<li>{escape(words['more'].format(count=left))}</li>")
    return f"<h2>{escape(words['alerts'])}</h2>\n<ul>{''.join(lines)}</ul>"


def _red(alerts: list[dict[str, Any]]) -> bool:
    return any(alert["level"] == "red" for alert in alerts)


def _since(alerts: list[dict[str, Any]]) -> datetime:
    return min(datetime.fromisoformat(alert["since"]) for alert in alerts)
