"""What people type, without marks that nobody sees: they would hide words, or turn them round on a screen."""

import unicodedata

LINES = "\n\r\t"
TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Marks that change the direction of what follows."""


def plain(text: str) -> str:
    """Without control characters and marks of direction. Every letter of every language stays."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(mark for mark in text if _stays(mark))


def _stays(mark: str) -> bool:
    return mark in LINES or (unicodedata.category(mark) != "Cc" and ord(mark) not in TURNING)
