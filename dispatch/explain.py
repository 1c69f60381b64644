"""Why this unit and not that one: answered from a stored decision alone, whatever the world is like now."""

from collections.abc import Mapping
from typing import Any

PARTS: Mapping[str, tuple[str, str]] = {
    "travel": ("on the road", "chạy đường"),
    "turnout": ("turnout", "xuất phát"),
    "free_in": ("until it is free", "đến khi rảnh"),
    "position_lost": ("position lost", "mất vị trí"),
    "shift_end": ("end of shift", "hết ca"),
    "meal": ("meal due", "đến giờ ăn"),
    "long_duty": ("long on duty", "trực đã lâu"),
    "coverage": ("coverage lost", "giảm độ phủ"),
}


def why(told: Mapping[str, Any], callsign: str) -> dict[str, Any] | None:
    """What a decision says of one unit; None where it knows none of that callsign.

    told : the stored advice, as `Decision.told` has it; older ones know fewer parts
    """
    ranked: list[Mapping[str, Any]] = told["units"]
    first = ranked[0] if ranked else None
    for place, row in enumerate(ranked, 1):
        if row["callsign"] == callsign:
            return _of_ranked(row, place, first if place > 1 else None)
    for row in told["rejected"]:
        if row["callsign"] == callsign:
            slots = _slots_of(told, callsign)
            return {
                "rank": None,
                "score": None,
                "parts": {},
                "behind_s": None,
                "first": first["callsign"] if first else None,
                "en": [f"{callsign} was passed over: {row['reason']}", *(each["en"] for each in slots)],
                "vi": [f"{callsign} không được chọn: {row['reason_vi']}", *(each["vi"] for each in slots)],
            }
    return None


def _of_ranked(row: Mapping[str, Any], place: int, first: Mapping[str, Any] | None) -> dict[str, Any]:
    name = row["callsign"]
    english = [f"{name} was number {place} with {row['score']:.1f} s"]
    vietnamese = [f"{name} xếp thứ {place}, {row['score']:.1f} giây"]
    if first is not None:
        english.append(f"{first['callsign']} was first with {first['score']:.1f} s")
        vietnamese.append(f"{first['callsign']} xếp đầu, {first['score']:.1f} giây")
        for part in sorted({*row["parts"], *first["parts"]}):
            more_s = row["parts"].get(part, 0.0) - first["parts"].get(part, 0.0)
            if abs(more_s) >= 0.05:
                words = PARTS.get(part, (part, part))
                english.append(f"{words[0]}: {more_s:+.1f} s against {first['callsign']}")
                vietnamese.append(f"{words[1]}: {more_s:+.1f} giây so với {first['callsign']}")
        if row.get("tier", 0) > first.get("tier", 0):
            english.append("it stands behind all that need no such reservation, whatever the seconds")
            vietnamese.append("xếp sau mọi kíp không có hạn chế này, bất kể số giây")
    english += [each["en"] for each in row["reasons"]]
    vietnamese += [each["vi"] for each in row["reasons"]]
    return {
        "rank": place,
        "score": row["score"],
        "parts": row["parts"],
        "behind_s": None if first is None else round(row["score"] - first["score"], 1),
        "first": None if first is None else first["callsign"],
        "en": english,
        "vi": vietnamese,
    }


def _slots_of(told: Mapping[str, Any], callsign: str) -> list[dict[str, str]]:
    """The slots of the plan that it could fill all the same: a motorbike carries nobody and comes first."""
    return [
        {
            "en": f"it could fill: {slot['en']} (number {slot['order'].index(callsign) + 1})",
            "vi": f"có thể làm: {slot['vi']} (thứ {slot['order'].index(callsign) + 1})",
        }
        for slot in told.get("plan", {}).get("slots", ())
        if callsign in slot["order"]
    ]
