"""Sending somebody else than advised: which reasons there are, and which choices need one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final, Protocol

from msgspec import Meta

from dispatch.policies.kept_back import KEPT_BACK
from dispatch.policies.words import Words

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


BY_SECONDS: Final = frozenset({"soonest", "closest", "closest_kept_back", "coverage_cost"})
"""Policies that order by seconds. Under others two that are equally near are not equally good."""


@dataclass(frozen=True, slots=True)
class OverrideRules:
    """codes : {code: {"en", "vi"}}; a reason may begin with one, and go on in free words
    tie_s : seconds; units that differ by less are a tie: no reason is asked for either of them; 0: none are
    """

    codes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: CODES)
    tie_s: Annotated[float, Meta(ge=0, le=60)] = 5.0


class Standing(Protocol):
    """A row of a ranking, as far as ties go by it."""

    @property
    def callsign(self) -> str: ...

    @property
    def free_in_s(self) -> float | None: ...

    @property
    def tier(self) -> int: ...

    @property
    def score(self) -> float: ...

    @property
    def reasons(self) -> Sequence[Words]: ...


def tied(one: Standing, other: Standing, policy: str, within_s: float) -> bool:
    """Whether nothing but a few seconds, as vehicles at one station differ by, puts one before the other."""
    return (
        policy in BY_SECONDS
        and one.tier == other.tier
        and _kept_back(one) == _kept_back(other)
        and round(abs(one.score - other.score), 1) < within_s
    )


def as_good(ranked: Sequence[Standing], policy: str, within_s: float) -> list[str]:
    """Callsigns of those who tie with the first that can be sent now, itself left out."""
    free = [row for row in ranked if row.free_in_s is None]
    return [row.callsign for row in free[1:] if tied(free[0], row, policy, within_s)]


def _kept_back(row: Standing) -> bool:
    return any(words["en"].startswith(KEPT_BACK) for words in row.reasons)


def nobody_alike(callsign: str, other: str) -> bool:
    return callsign == other


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
    callsign: str,
    orders: Sequence[Sequence[str]],
    still_free: Callable[[str], bool],
    alike: Callable[[str, str], bool] = nobody_alike,
) -> str | None:
    """Who should have gone instead: None where the choice follows the advice.

    orders     : the best first, of each open slot and of the whole ranking; first of any of them will do
    still_free : whether a unit can be sent now. Who was taken meanwhile is passed over by nobody.
    alike      : whether two units are a tie; whoever ties with the first passes nobody over
    """
    instead: str | None = None
    for order in orders:
        standing = next((each for each in order if each == callsign or still_free(each)), None)
        if standing == callsign or (standing and callsign in order and alike(callsign, standing)):
            return None
        instead = instead or standing
    return instead
