"""The letter town under rules by which a few streets away is far: a van covers what it reaches in ten
seconds, and a response is late after eighty."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.server import Ground
from tests.small_city import where

RULES = """
[coverage]
owner = "the planner of Letter Town"
limit_s = 10
busy_fraction = 0.5

[policy]
owner = "the planner of Letter Town"
P4 = "closest_kept_back"
als_kept = 1
cover_kept = 0.0
seconds_a_percent = 2.5

[move_up]
owner = "the planner of Letter Town"
least_gain = 0.01
most_moves = 2
"""
POST = """
[[post]]
id = "cho-giua"
name = "Chợ Giữa"
lat = {lat}
lon = {lon}
assumed = true
"""


def tight(ground: Ground, folder: Path) -> Ground:
    """Its city files copied to a folder, with a street corner in the middle of the town to wait at, and P2
    due within 80 s."""
    cities = shutil.copytree(ground.cities, folder / "cities", dirs_exist_ok=True)
    tighten(cities / ground.city)
    return replace(ground, cities=cities)


def tighten(city: Path) -> None:
    """The same to a folder of city files."""
    (city / "rules.toml").write_text(RULES, encoding="utf-8")
    middle = where("b")
    (city / "posts.toml").write_text(POST.format(lat=middle.lat, lon=middle.lon), encoding="utf-8")
    head = (city / "city.toml").read_text(encoding="utf-8")
    (city / "city.toml").write_text(head.replace("P2 = 900", "P2 = 80", 1), encoding="utf-8")
