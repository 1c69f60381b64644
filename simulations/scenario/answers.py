"""Which figures may answer the question of a scenario: those that its table has for every course."""

from typing import Final

ANSWERS: Final = (
    "late_or_lost", "late_or_lost_P1", "late_elsewhere", "late_elsewhere_P1", "late_as_shown", "late_P1",
    "mean_s", "median_s", "p90_s",
    "waited", "unserved", "lost", "lost_needing", "lost_busiest", "answer_s", "busy", "km", "no_bed",
)  # fmt: skip
