"""The one place where what a refusal names is put into the words and the clock of whoever reads it.

The facts themselves travel beside the sentence as they are: codes and full times, for programs.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from math import isinf

from domain.errors import Refused
from projections.words import BED_KINDS, DUTIES, FIELDS, MILESTONES, TRANSFER_MODES, Text

CODES: Mapping[str, Mapping[str, Text]] = {
    "milestone": {**MILESTONES, "redirected": {"vi": "đổi bệnh viện", "en": "redirected"}},
    "field": FIELDS,
    "status": MILESTONES,
    "before": MILESTONES,
    "allowed": MILESTONES,
    "kind": BED_KINDS,
    "mode": TRANSFER_MODES,
    "duty": DUTIES,
}
"""By the name of the gap: {code: words}. A word that is not listed stands as it is."""
PLACES = frozenset({"lat", "lon"})
"""These are told with a point in both languages, as they are typed."""
NO_LIMIT: Text = {"vi": "không giới hạn", "en": "without limit"}


def sentence(refusal: Refused, language: str, zone: tzinfo, now: datetime) -> str:
    """As `Refused.sentence`, with words for codes and times by
    the clock on the wall of the city; the day is told where it is not today."""
    here = now.astimezone(zone)
    told = Refused.__new__(type(refusal))
    vars(told).update(vars(refusal))
    told.facts = {name: _in_words(name, value, language, here) for name, value in refusal.facts.items()}
    return told.sentence(language)


def _in_words(name: str, value: object, language: str, here: datetime) -> object:
    if isinstance(value, datetime):
        return _clock(value, here)
    if isinstance(value, float) and name not in PLACES:
        return _Told.of(value, language)
    if not isinstance(value, str):
        return value
    if name in CODES and (language == "vi" or name == "kind"):  # other codes are English words already
        known = CODES[name]
        return ", ".join(known[code][language] if code in known else code for code in value.split(", "))
    moment = _moment(value)
    return value if moment is None else _clock(moment, here)


class _Told(float):
    """A number that writes itself as its reader does, however the sentence wants it written."""

    language: str

    @classmethod
    def of(cls, value: float, language: str) -> "_Told":
        told = cls(value)
        told.language = language
        return told

    def __format__(self, spec: str) -> str:
        if not spec or isinf(self):
            return number(self, self.language)
        return _as_written(super().__format__(spec), self.language)


def number(value: float, language: str) -> str:
    """Without a tail of zeros; 4.5 is 4,5 in Vietnamese, and what has no end is said in words."""
    if isinf(value):
        return NO_LIMIT[language]
    told = f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return _as_written(told, language)


def _as_written(told: str, language: str) -> str:
    return told.replace(".", ",") if language == "vi" else told


def _moment(text: str) -> datetime | None:
    """A full time with its zone, None for anything else."""
    try:
        moment = datetime.fromisoformat(text) if len(text) > 18 and text[10] == "T" else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _clock(moment: datetime, here: datetime) -> str:
    try:
        there = moment.astimezone(here.tzinfo)
    except OverflowError:  # the first and the last day there are
        return moment.isoformat()
    return there.strftime("%H:%M:%S" if there.date() == here.date() else "%H:%M:%S %d/%m/%Y")
