"""The same city with people who wait for nothing: a storm of minutes then has alerts as an evening has."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

from tests.server import Ground

LIMITS_S = {"acknowledge": (1, 2), "on_scene": (1, 2), "queue": (1, 3)}
"""Amber and red; those of the queue for each priority."""


def impatient(ground: Ground, folder: Path) -> Ground:
    """Its city files copied to a folder, with limits of seconds."""
    cities = shutil.copytree(ground.cities, folder / "cities", dirs_exist_ok=True)
    file = cities / ground.city / "city.toml"
    text = file.read_text(encoding="utf-8")
    for name, limits in LIMITS_S.items():
        for level, seconds in zip(("amber", "red"), limits, strict=True):
            text, found = re.subn(
                rf"^({name}_{level}_s = .*)$",
                lambda line, seconds=seconds: re.sub(r"= \d+", f"= {seconds}", line[1]),
                text,
                flags=re.M,
            )
            assert found == 1, f"{file} has no {name}_{level}_s"
    file.write_text(text, encoding="utf-8")
    return replace(ground, cities=cities)
