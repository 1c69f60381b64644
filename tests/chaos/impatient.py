"""How little the people under fire wait for: a storm of minutes then has alerts as an evening has."""

from pathlib import Path

from tests import impatient_city
from tests.server import Ground

LIMITS_S = {"acknowledge": (1, 2), "on_scene": (1, 2), "queue": (1, 3)}
"""Amber and red; those of the queue for each priority."""


def impatient(ground: Ground, folder: Path) -> Ground:
    """Its city files copied to a folder, with limits of seconds."""
    limits_s = {
        f"{name}_{level}_s": seconds
        for name, limits in LIMITS_S.items()
        for level, seconds in zip(("amber", "red"), limits, strict=True)
    }
    return impatient_city.impatient(ground, folder, limits_s)
