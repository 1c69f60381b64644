"""JumpSTART: START for children, from about one year until they look grown.

L. E. Romig, "Pediatric triage: a system to JumpSTART your triage of young patients at MCIs", JEMS 27(7),
2002. A child's heart stops because the breathing did: a child with a pulse that does not breathe gets five
breaths before anybody gives it up.
"""

from typing import Literal

from dispatch.policies.start import Ask
from domain.casualty import Category

SLOWEST, FASTEST = 15, 45
"""Breaths a minute; below and above is red."""

Response = Literal["A", "V", "P", "p", "U"]
"""Alert; answers to voice; to pain by warding it off; "p": to pain in any other way; unresponsive."""


def jumpstart(
    walks: bool | None,
    breathing: bool | None = None,
    breathing_after_airway: bool | None = None,
    pulse: bool | None = None,
    breathing_after_breaths: bool | None = None,
    rate: int | None = None,
    response: Response | None = None,
) -> Category | Ask:
    """The category, as soon as it is certain whatever the rest may be; else what to find out next.

    walks                   : can walk; a small child that was carried does not
    breathing               : breathes by itself, before anybody helped
    breathing_after_airway  : breathes once the airway was opened; asked only where `breathing` is False
    pulse                   : a pulse can be felt
    breathing_after_breaths : breathes after five breaths were given; asked only of a child with a pulse
    rate                    : breaths a minute
    response                : see `Response`
    None                    : not known yet
    """
    if walks is None:
        return Ask("walks")
    if walks:
        return Category.GREEN
    if breathing is None:
        return Ask("breathing")
    if not breathing:
        return _breathless(breathing_after_airway, pulse, breathing_after_breaths)
    wrong_rate = None if rate is None else not SLOWEST <= rate <= FASTEST
    if wrong_rate or pulse is False or response in ("p", "U"):
        return Category.RED
    if wrong_rate is None:
        return Ask("rate")
    if pulse is None:
        return Ask("pulse")
    return Ask("response") if response is None else Category.YELLOW


def _breathless(after_airway: bool | None, pulse: bool | None, after_breaths: bool | None) -> Category | Ask:
    if after_airway is None:
        return Ask("breathing_after_airway")
    if after_airway:
        return Category.RED
    if pulse is None:
        return Ask("pulse")
    if not pulse:
        return Category.BLACK
    if after_breaths is None:
        return Ask("breathing_after_breaths")
    return Category.RED if after_breaths else Category.BLACK
