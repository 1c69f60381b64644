"""NEWS2: how ill a grown patient is by seven measurements.

Royal College of Physicians, "National Early Warning Score (NEWS) 2", London 2017, chart 1 and the thresholds
of chart 2. Reproduced with acknowledgement, as the RCP asks. Not for children under 16, nor in pregnancy.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

Consciousness = Literal["A", "C", "V", "P", "U"]
"""Alert, newly confused, answers to voice, to pain, unresponsive."""
Risk = Literal["low", "low_medium", "medium", "high"]


NEWS2_FROM_YEARS = 16


@dataclass(frozen=True, slots=True)
class Vitals:
    """One set of measurements.

    rate          : breaths a minute
    spo2          : oxygen saturation, per cent
    on_oxygen     : breathes more than air
    systolic      : mmHg
    pulse         : beats a minute
    temperature_c : degrees Celsius
    hypercapnic   : a doctor set 88-92 % as this patient's aim (SpO2 scale 2); never by guess
    """

    rate: int
    spo2: int
    on_oxygen: bool
    systolic: int
    pulse: int
    consciousness: Consciousness
    temperature_c: float
    hypercapnic: bool = False


Bands = tuple[tuple[float, ...], tuple[int, ...]]
"""The highest value of each band but the last, and the points of each band."""


@dataclass(frozen=True, slots=True)
class News2:
    score: int
    risk: Risk
    parts: dict[str, int]


_RATE: Bands = (8, 11, 20, 24), (3, 1, 0, 2, 3)
_SPO2: Bands = (91, 93, 95), (3, 2, 1, 0)
_SPO2_LOW_AIM: Bands = (83, 85, 87, 92), (3, 2, 1, 0, 0)
_SPO2_LOW_AIM_ON_OXYGEN: Bands = (83, 85, 87, 92, 94, 96), (3, 2, 1, 0, 1, 2, 3)
_SYSTOLIC: Bands = (90, 100, 110, 219), (3, 2, 1, 0, 3)
_PULSE: Bands = (40, 50, 90, 110, 130), (3, 1, 0, 1, 2, 3)
_TEMPERATURE: Bands = (35.0, 36.0, 38.0, 39.0), (3, 1, 0, 1, 2)


def news2(vitals: Vitals) -> News2:
    """The score with its parts. One part alone at 3 asks for an urgent look, whatever the sum."""
    aim = _SPO2
    if vitals.hypercapnic:
        aim = _SPO2_LOW_AIM_ON_OXYGEN if vitals.on_oxygen else _SPO2_LOW_AIM
    parts = {
        "rate": _points(vitals.rate, _RATE),
        "spo2": _points(vitals.spo2, aim),
        "oxygen": 2 if vitals.on_oxygen else 0,
        "systolic": _points(vitals.systolic, _SYSTOLIC),
        "pulse": _points(vitals.pulse, _PULSE),
        "consciousness": 0 if vitals.consciousness == "A" else 3,
        "temperature": _points(vitals.temperature_c, _TEMPERATURE),
    }
    score = sum(parts.values())
    return News2(score, _risk(score, parts), parts)


def _points(value: float, bands: Bands) -> int:
    ends, points = bands
    return points[bisect_left(ends, value)]


def _risk(score: int, parts: dict[str, int]) -> Risk:
    if score >= 7:
        return "high"
    if score >= 5:
        return "medium"
    return "low_medium" if 3 in parts.values() else "low"
