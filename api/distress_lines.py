"""Lines before the desks about people: crews who need help, and incidents whose offer nobody took."""

from collections.abc import Iterable
from datetime import datetime

from api.alarms import Alarm, Words
from projections.rows import Row, RowReader

CALLED: dict[str, Words] = {
    "sos": {
        "vi": "SOS: {who} cần trợ giúp khẩn cấp. Hãy tiếp nhận.",
        "en": "SOS: {who} needs help now. Take it up.",
    },
    "welfare": {
        "vi": "{who} không trả lời kiểm tra an toàn. Hãy liên lạc.",
        "en": "{who} did not answer the safety check. Call them.",
    },
}
IN_HAND: dict[str, Words] = {
    "sos": {"vi": "SOS đang xử lý: {who}.", "en": "SOS in hand: {who}."},
    "welfare": {"vi": "Đang kiểm tra an toàn: {who}.", "en": "Safety check in hand: {who}."},
}
NOT_TAKEN: Words = {
    "vi": "Không xe nào nhận lệnh, cần điều phối viên: vụ {who}.",
    "en": "No unit took the order, a dispatcher is needed: incident {who}.",
}


def distress_lines(alarms: Iterable[Row]) -> dict[str, Alarm | None]:
    """A line a kind, until the last of that kind is closed; while one sounds, those alone are named."""
    standing = [row for row in alarms if row["status"] != "closed"]
    lines: dict[str, Alarm | None] = {}
    for kind in CALLED:
        mine = sorted((row for row in standing if row["kind"] == kind), key=lambda row: row["since"])
        sounding = [row for row in mine if row["status"] == "sounding"]
        words = CALLED[kind] if sounding else IN_HAND[kind]
        lines[kind] = _line(kind, words, [(row["callsign"], row["since"]) for row in sounding or mine])
    return lines


def offer_line(incidents: Iterable[Row], views: RowReader) -> Alarm | None:
    """The incidents that wait because what was offered was not taken, and nobody else is offered it."""
    left = []
    for row in incidents:
        if row["status"] != "waiting" or not row["runs"]:
            continue
        run = views.row("runs", row["runs"][-1]["run_id"])
        offer = (run or {}).get("offer")
        if offer is not None and offer["settled"] and offer["next_run_id"] is None:
            left.append((f"#{row['number']}", row["waiting_since"]))
    return _line("offers", NOT_TAKEN, sorted(left, key=lambda each: each[1]))


def _line(code: str, words: Words, named: list[tuple[str, str]]) -> Alarm | None:
    if not named:
        return None
    who = ", ".join(name for name, _ in named)
    text = {language: form.format(who=who) for language, form in words.items()}
    return Alarm(code, text, datetime.fromisoformat(named[0][1]))
