"""The four colours a casualty may be given where there are more casualties than hands."""

from enum import StrEnum


class Category(StrEnum):
    """Red goes first, green last; for black nothing can be done as long as others wait."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLACK = "black"
