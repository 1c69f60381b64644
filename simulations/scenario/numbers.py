"""Figures as people read them."""

from math import isnan
from typing import Final

from simulations.scenario.words import SHARES, TIMES

MINUS: Final = "−"


def said(figure: str, value: float, language: str) -> str:
    """A share in per cent, a time in minutes and seconds, else a plain number."""
    if isnan(value):
        return "–"
    if figure in SHARES:
        return f"{_plain(value * 100, 1, language)} %"
    if figure in TIMES:
        minutes, seconds = divmod(abs(round(value)), 60)
        return f"{MINUS if round(value) < 0 else ''}{minutes}:{seconds:02d}"
    return _plain(value, 0 if abs(value) >= 100 else 1, language)


def _plain(value: float, digits: int, language: str) -> str:
    found = f"{value:,.{digits}f}".replace("-", MINUS)
    return found.translate(str.maketrans(",.", ".,")) if language == "vi" else found
