"""Numbers and words of the report in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulations.results.report.words import WORDS

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, Language] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Say:
    """words : of the page, by key, in the order of LANGUAGES"""

    language: Language
    words: Mapping[str, tuple[str, str]] = field(default_factory=lambda: WORDS)

    def __call__(self, key: str, **parts: object) -> str:
        """Raises KeyError where a word is missing."""
        return self.words[key][0 if self.language == "vi" else 1].format(**parts)

    def number(self, value: float, digits: int = 1) -> str:
        """1.234,5 in Vietnamese, 1,234.5 in English."""
        told = f"{value:,.{digits}f}".replace("-", "−")
        if told.strip("−0.,") == "":
            told = told.replace("−", "")  # no minus nothing
        return told if self.language == "en" else told.translate(str.maketrans(",.", ".,"))

    def signed(self, value: float, digits: int = 1) -> str:
        told = self.number(value, digits)
        return told if told.startswith("−") or not told.strip("0.,") else f"+{told}"

    def minutes(self, seconds: float) -> str:
        """7:05"""
        whole = round(seconds)
        return f"{whole // 60}:{whole % 60:02d}"
