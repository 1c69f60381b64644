"""How alike two folded names are, 0 to 1."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

PART_OF_IT: Final = 0.93
"""A name of which all words are there, others beside them, is worth so much of a whole one."""
LEFT_OUT: Final = 0.15
ABBREVIATED: Final = 0.95
OTHER_NUMBER: Final = 0.8
"""`duong so 8` is as far from `duong so 9` as from any other street."""
LEAST_LETTERS: Final = 5
_DIGIT: Final = re.compile(r"\d")


def similarity(said: str, name: str) -> float:
    """Of what was said with a name: 1 where they are equal.

    The better of three readings: letter by letter (2 x letters in common order / all letters, the normalized
    InDel similarity), words left out, and words cut short (`n t minh khai`).
    """
    if said == name:
        return 1.0
    best: float = fuzz.ratio(said, name) / 100
    spoken, numbers = _taken_apart(said)
    if numbers and not numbers <= set(name.split()):
        return best * OTHER_NUMBER
    if len(spoken) > 1 and len(said) >= LEAST_LETTERS:
        written = name.split()
        if len(spoken) < len(written) and set(spoken) < set(written):
            best = max(best, PART_OF_IT - LEFT_OUT * (1 - len(spoken) / len(written)))
        elif len(spoken) == len(written) and all(map(str.startswith, written, spoken)):
            best = max(best, ABBREVIATED)
    return best


@lru_cache(64)
def _taken_apart(said: str) -> tuple[list[str], set[str]]:
    """Its words, and those of them that have a digit."""
    words = said.split()
    return words, {word for word in words if _DIGIT.search(word)}
