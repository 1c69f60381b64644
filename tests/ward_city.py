"""The letter town as hospitals see it: the eastern has no cath lab, and answers are due in two seconds.
Three of its vans carry whom no other can."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.server import Ground

CARRIES = {"T4": "bariatric", "T5": "isolation", "T6": "neonatal"}
"""What one van each can do beside the others."""
KNOWS = {"bac": "ecmo", "nam": "dialysis", "dong": "dengue"}
"""What each hospital alone is sought for."""
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
    told = (city / "hospitals.toml").read_text(encoding="utf-8")
    for hospital_id, speciality in KNOWS.items():
        told = _after(told, f'id = "{hospital_id}"', "specialities = [", f'specialities = ["{speciality}", ')
    (city / "hospitals.toml").write_text(told, encoding="utf-8")
    fleet = (city / "fleet.toml").read_text(encoding="utf-8")
    for callsign, capability in CARRIES.items():
        fleet = _after(fleet, f'callsign = "{callsign}"', '"transport"]', f'"transport", "{capability}"]')
    (city / "fleet.toml").write_text(fleet, encoding="utf-8")
    return replace(ground, cities=cities)


def _after(text: str, mark: str, old: str, new: str) -> str:
    """The first `old` behind a mark, in other words."""
    head, tail = text.split(f"{mark}\n")
    assert old in tail
    return f"{head}{mark}\n{tail.replace(old, new, 1)}"
