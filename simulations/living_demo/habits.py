"""How the invented city behaves, in one place. Seconds are city seconds unless a name says `real`."""

from dataclasses import dataclass

HOURS = (
    0.65, 0.60, 0.55, 0.55, 0.60, 0.75, 0.95, 1.15, 1.20, 1.20, 1.15, 1.10,
    1.00, 0.95, 1.00, 1.05, 1.10, 1.20, 1.25, 1.25, 1.20, 1.05, 0.90, 0.75,
)  # fmt: skip
"""Calls of each hour of the day against the mean. Assumed: busy mornings and evenings, a calm night."""


@dataclass(frozen=True, slots=True)
class Habits:
    """call_every_s : mean gap between calls for a fleet of `usual_fleet` or more; fewer units, fewer calls
    emergencies  : share of calls that become incidents. In Ho Chi Minh City most calls do not
                   (some 70 % nuisance in April 2020, 5 % emergencies from Binh Duong in July 2025)
    duplicates   : share of calls that tell of an incident already known
    busiest      : no new incidents while there are so many for each van on duty
    for_people   : share of incidents left to whoever sits at the console, fewer of those that cannot wait,
                   and never more than `most_for_people` at a time
    patience_real_s : how long those wait for a person before the demo sends a unit itself
    """

    call_every_s: float = 40.0
    usual_fleet: int = 30
    emergencies: float = 0.30
    duplicates: float = 0.08
    no_position: float = 0.18
    busiest: float = 0.35
    opening_calls: int = 5

    for_people: float = 0.40
    for_people_p1: float = 0.12
    most_for_people: int = 3
    patience_real_s: float = 150.0
    decide_s: tuple[float, float] = (4.0, 25.0)
    queue_s: tuple[float, float] = (60.0, 180.0)
    queued: float = 0.15
    close_s: tuple[float, float] = (15.0, 60.0)
    first_responder: float = 0.25
    cancelled: float = 0.04

    accept_s: tuple[float, float] = (4.0, 18.0)
    declined: float = 0.02
    turnout_s: tuple[float, float] = (25.0, 65.0)
    contact_s: tuple[float, float] = (25.0, 90.0)
    care_s: tuple[float, float] = (180.0, 420.0)
    stays: float = 0.13
    redirected: float = 0.03
    handover_s: tuple[float, float] = (150.0, 360.0)
    ready_s: tuple[float, float] = (45.0, 150.0)

    standing_ping_real_s: tuple[float, float] = (10.0, 15.0)
    bed_report_s: tuple[float, float] = (180.0, 420.0)
    bed_repeat_real_s: float = 1500.0
    """An unchanged count is said again after so long, so that it does not grow old."""
    people_report_real_s: float = 900.0
    """A hospital where somebody else reported beds is left to them for so long."""
    answer_real_s: tuple[float, float] = (5.0, 40.0)
    """A hospital that is asked to take a patient answers after so long; the limit is one of real time."""
    silent: float = 0.02
    sent_on: float = 0.03
    diversion_every_s: float = 1800.0
    diversion_s: tuple[float, float] = (900.0, 2400.0)
