"""Sending somebody else than advised: which reasons there are, and which choices need one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

OTHER = "other"

CODES: Mapping[str, Mapping[str, str]] = {
    "crew_knows": {"en": "the crew knows the place or the patient", "vi": "kíp xe biết nơi hoặc bệnh nhân"},
    "crew_nearer": {"en": "the crew is nearer than the map shows", "vi": "kíp xe gần hơn bản đồ cho thấy"},
    "road": {"en": "a street is blocked or slow", "vi": "đường bị chặn hoặc kẹt"},
    "skills": {"en": "other skills or equipment are needed", "vi": "cần kỹ năng hoặc thiết bị khác"},
    "crew_rest": {"en": "the crew must rest", "vi": "kíp xe cần nghỉ"},
    "coverage": {"en": "an area would be left bare", "vi": "khu vực sẽ bị trống"},
    "no_answer": {"en": "the crew does not answer", "vi": "kíp xe không trả lời"},
    OTHER: {"en": "another reason", "vi": "lý do khác"},
}


@dataclass(frozen=True, slots=True)
class OverrideRules:
    """codes : {code: {"en", "vi"}}; a reason may begin with one, and go on in free words"""

    codes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: CODES)


def code_of(reason: str, rules: OverrideRules) -> str:
    """The code a reason begins with: "road", or "road: flooded". Words alone are "other"."""
    code = reason.split(":", 1)[0].strip()
    return code if code in rules.codes else OTHER


def worded(code: str | None, words: str | None) -> str | None:
    """The reason as it is stored: "road: flooded", the code alone, or the words alone."""
    said = (words or "").strip()
    if code is None:
        return said or None
    return f"{code}: {said}" if said else code


def passed_over(
    callsign: str, orders: Sequence[Sequence[str]], still_free: Callable[[str], bool]
) -> str | None:
    """Who should have gone instead: None where the choice follows the advice.

    orders     : the best first, of each open slot and of the whole ranking; first of any of them will do
    still_free : whether a unit can be sent now. Who was taken meanwhile is passed over by nobody.
    """
    instead: str | None = None
    for order in orders:
        standing = next((each for each in order if each == callsign or still_free(each)), None)
        if standing == callsign:
            return None
        instead = instead or standing
    return instead
