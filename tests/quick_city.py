"""The letter town under rules that wait for nothing: offers lapse in two seconds, checks are due in one."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.server import Ground

RULES = """
[offers]
owner = "the tests"
within_s = { P2 = 2.0, P3 = 8.0 }
still_s = 2.0
moved_m = 90.0
nearer_s = 3.0
more_s = { loose = 60.0 }
escalate = "offer_next"
most = 3

[safety]
owner = "the tests"
every_s = 1200.0
dangerous_s = 1.0
grace_s = 0.5

[beds]
owner = "the tests"
hold_s = 3.0

[clinician]
owner = "the tests"
recheck_after_s = { P2 = 3.0 }

[alarms]
owner = "the tests"
escalate_after_s = 2.0

[auto_dispatch]
owner = "the tests"
priorities = ["P1"]
veto_s = 2.0
"""


def quick(ground: Ground, folder: Path) -> Ground:
    """Its city files copied to a folder. The north-western station belongs to the hospital North, and its
    crews have a minute longer to answer."""
    cities = shutil.copytree(ground.cities, folder / "cities", dirs_exist_ok=True)
    city = cities / ground.city
    (city / "rules.toml").write_text(RULES, encoding="utf-8")
    stations = (city / "stations.toml").read_text(encoding="utf-8")
    first, rest = stations.split('ownership = "centre"', 1)
    of_hospital = f'{first}hospital = "bac"\nownership = "hospital"{rest}'
    (city / "stations.toml").write_text(of_hospital, encoding="utf-8")
    return replace(ground, cities=cities)
