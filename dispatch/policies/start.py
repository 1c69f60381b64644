"""START: sorting grown casualties in half a minute each.

Simple Triage And Rapid Treatment, Newport Beach Fire Department and Hoag Hospital 1983, revised 1994:
walking, breathing, perfusion, obeying. Perfusion is the pulse at the wrist, or how fast a pressed nail turns
pink again; either one is enough to go on, and either one gone wrong is red.
"""

from dataclasses import dataclass

from domain.casualty import Category

FAST_BREATHING = 30
"""Breaths a minute; more is red."""
SLOW_REFILL_S = 2.0
"""Seconds until a pressed nail is pink again; more is red."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What must be found out next: the name of the finding, as the function takes it."""

    finding: str


def start(
    walks: bool | None,
    breathing: bool | None = None,
    breathing_after_airway: bool | None = None,
    rate: int | None = None,
    radial_pulse: bool | None = None,
    refill_s: float | None = None,
    obeys: bool | None = None,
) -> Category | Ask:
    """The category, as soon as it is certain whatever the rest may be; else what to find out next.

    walks                  : can walk when called
    breathing              : breathes by themselves, before anybody helped
    breathing_after_airway : breathes once the airway was opened; asked only where `breathing` is False
    rate                   : breaths a minute
    radial_pulse           : a pulse can be felt at the wrist
    refill_s               : seconds of capillary refill, where light and cold allow to see it
    obeys                  : follows a simple command
    None                   : not known yet
    """
    if walks is None:
        return Ask("walks")
    if walks:
        return Category.GREEN
    if breathing is None:
        return Ask("breathing")
    if not breathing:
        if breathing_after_airway is None:
            return Ask("breathing_after_airway")
        return Category.RED if breathing_after_airway else Category.BLACK
    fast = None if rate is None else rate > FAST_BREATHING
    if fast or _badly_perfused(radial_pulse, refill_s) or obeys is False:
        return Category.RED
    if fast is None:
        return Ask("rate")
    if radial_pulse is None and refill_s is None:
        return Ask("radial_pulse")
    return Ask("obeys") if obeys is None else Category.YELLOW


def _badly_perfused(radial_pulse: bool | None, refill_s: float | None) -> bool:
    return radial_pulse is False or (refill_s is not None and refill_s > SLOW_REFILL_S)
