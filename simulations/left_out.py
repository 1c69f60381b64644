"""What of a log was not counted as an emergency that needs a unit, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from simulations.needed import WHYS, LeftOut, Needed

FURTHER: Final = "further_crews"
"""Of incidents to which several came: each is counted with one."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "merged": {"vi": "{n} ca trùng đã gộp vào ca khác", "en": "{n} merged into other incidents"},
    "without_run": {"vi": "{n} ca đóng mà không điều xe", "en": "{n} closed with nobody sent"},
    "turned_back": {
        "vi": "{n} ca có xe quay về trước khi tới nơi",
        "en": "{n} whose crews were turned back before they came",
    },
    "transfer": {"vi": "{n} ca chuyển viện", "en": "{n} transfers between hospitals"},
    FURTHER: {
        "vi": "{n} kíp đến sau ở những ca có nhiều xe",
        "en": "{n} further crews at incidents of several",
    },
}
BEGIN: Final = {"vi": "Không tính: ", "en": "Left out: "}


def counts(left_out: Iterable[LeftOut], needed: Iterable[Needed] = ()) -> dict[str, int]:
    """By WHYS, those that there are; and the crews beyond the first of what was needed."""
    found = Counter(str(each.why) for each in left_out)
    found[FURTHER] = sum(max(0, each.crews - 1) for each in needed)
    return {each: found[each] for each in (*WHYS, FURTHER) if found[each]}


def in_words(left_out: Mapping[str, int], language: str) -> str:
    """A sentence; empty where nothing was left out."""
    told = [WORDS[each][language].format(n=left_out[each]) for each in WORDS if left_out.get(each)]
    return BEGIN[language] + ", ".join(told) + "." if told else ""
