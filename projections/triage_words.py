"""What people read of triage, instructions, clinicians and outcomes."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.former_titles import FORMER_TITLES
from domain.outcome import TITLES as OUTCOMES
from domain.safety_call import TITLES as FINDINGS
from projections.rows import Row
from projections.words import Text, both

SENTENCES: dict[str, Text] = {
    "Call.Instructed": both("Hướng dẫn người gọi: {told}", "Told the caller: {told}"),
    "Call.InstructionEnded": both("Hướng dẫn kết thúc lúc {ended_at}.", "Instruction ended at {ended_at}."),
    "Call.Referred": both("Chuyển bác sĩ xem lại cuộc gọi.", "Referred to a clinician."),
    "Call.Concluded": both("Kết quả xử lý cuộc gọi: {outcome}.", "Outcome of the call: {outcome}."),
    "Incident.Triaged": both("Vụ được phân loại: {title}.", "Triaged as: {title}."),
    "Incident.SafetyCalled": both("Gọi lại hỏi thăm bệnh nhân: {finding}.", "Safety call: {finding}."),
    "Incident.Concluded": both("Kết quả xử lý vụ: {outcome}.", "Outcome of the incident: {outcome}."),
}
NOTE = both(" Ghi chú: {note}.", " Note: {note}.")
REASON = both(" Lý do: {reason}.", " Reason: {reason}.")
BEAT = both("{said} (nhịp {bpm} lần/phút)", "{said} (beat {bpm} a minute)")

TRIAGE = "triage"
"""The reason that stands with a priority which the caller's answers changed."""
BY_TRIAGE = both("theo câu trả lời của người gọi", "by the caller's answers")


def sentence_for(topic: str, data: Row) -> Text | None:
    """The sentence of one fact, None where this is not ours to say."""
    told = SENTENCES.get(topic)
    more = None
    if topic == "Incident.SafetyCalled" and data.get("note"):
        more = NOTE
    if topic == "Call.Referred" and data.get("reason"):
        more = REASON
    return told if told is None or more is None else {each: told[each] + more[each] for each in told}


def gaps_for(topic: str, data: Row, language: str, clock: Callable[[str], str]) -> dict[str, Any]:
    """Codes in words, for the sentences above and for those of triage."""
    match topic:
        case "Call.Triaged":
            # An entry of before was kept without its title.
            title = data.get("title") or FORMER_TITLES.get(data["determinant"])
            return {"determinant": title[language]} if title else {}
        case "Incident.Triaged":
            return {"title": data["title"][language]}
        case "Call.Instructed":
            said, bpm = data["text"][language], data["metronome_bpm"]
            return {"told": BEAT[language].format(said=said, bpm=bpm) if bpm else said}
        case "Call.InstructionEnded":
            return {"ended_at": clock(data["ended_at"])}
        case "Incident.SafetyCalled":
            return {"finding": _titled(FINDINGS, data["finding"], language)}
        case "Call.Concluded" | "Incident.Concluded":
            return {"outcome": _titled(OUTCOMES, data["outcome"], language)}
        case "Incident.Reprioritised" if data.get("reason") == TRIAGE:
            return {"reason": BY_TRIAGE[language]}
    return {}


def _titled(titles: Mapping[str, Text], name: str, language: str) -> str:
    return titles.get(name, both(name, name))[language]
