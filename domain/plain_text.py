"""What people type, in one spelling and without marks that nobody sees: they would hide words, turn them
round on a screen, or make two names of one."""

import unicodedata

LINES = "\n\r\t"
TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Marks that change the direction of what follows."""
EMPTY = {0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF}
"""Marks that are nothing at all on a screen. Joiners are not among them: other scripts need them."""
BLANK = {0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0}
"""Letters and signs by their class that nobody sees."""


def plain(text: str) -> str:
    """Composed (NFC), as nearly every keyboard writes Vietnamese, and without control characters, marks of
    direction and empty marks. Every letter of every language stays."""
    if text.isprintable():  # none of those marks is
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", "".join(mark for mark in text if _stays(mark)))


def says_something(text: str) -> bool:
    """Whether there is a letter, a number or a sign in it that can be seen."""
    return any(unicodedata.category(mark)[0] in "LNPS" and ord(mark) not in BLANK for mark in text)


def _stays(mark: str) -> bool:
    if mark in LINES:
        return True
    return unicodedata.category(mark) != "Cc" and ord(mark) not in TURNING and ord(mark) not in EMPTY
