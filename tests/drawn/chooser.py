"""Choices made of numbers, so that whoever draws the numbers draws a shift."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chooser:
    """Chooses by numbers, one a choice, from the beginning again when they run out: small numbers choose
    what stands first, so that a failing shift shrinks to a plain one."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers, self._place = numbers, 0

    def number(self) -> int:
        self._place += 1
        return self._numbers[(self._place - 1) % len(self._numbers)]

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number() % len(options)]

    def seldom(self) -> bool:
        return self.number() % 16 == 15
