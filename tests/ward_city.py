"""The letter town as hospitals see it: the eastern has no cath lab, and answers are due in two seconds."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.server import Ground

RULES = """
[acceptance]
owner = "the tests"
answer_s = 2.0

[inbound]
owner = "the tests"
refresh_s = 0.5
scene_s = 600.0
"""


def wards(ground: Ground, folder: Path) -> Ground:
    """Its city files copied to a folder and changed there."""
    cities = shutil.copytree(ground.cities, folder / "cities", dirs_exist_ok=True)
    city = cities / ground.city
    (city / "rules.toml").write_text(RULES, encoding="utf-8")
    hospitals = (city / "hospitals.toml").read_text(encoding="utf-8")
    before, eastern = hospitals.split('id = "dong"')
    (city / "hospitals.toml").write_text(
        f'{before}id = "dong"{eastern.replace(chr(34) + "pci" + chr(34) + ", ", "")}', encoding="utf-8"
    )
    return replace(ground, cities=cities)
