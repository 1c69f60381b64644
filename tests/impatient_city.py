"""The same city with people who wait for nothing, for a test that has no minute."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.server import Ground


def impatient(ground: Ground, folder: Path, limits_s: Mapping[str, int]) -> Ground:
    """Its city files copied to a folder, with other limits.

    limits_s : by their names in city.toml; where a line has a limit for each priority, it is for all of them
    """
    cities = shutil.copytree(ground.cities, folder / "cities", dirs_exist_ok=True)
    file = cities / ground.city / "city.toml"
    text = file.read_text(encoding="utf-8")
    for name, seconds in limits_s.items():
        text, found = re.subn(
            rf"^{name} = .*$",
            lambda line, seconds=seconds: re.sub(r"= \d+", f"= {seconds}", line[0]),
            text,
            flags=re.M,
        )
        assert found == 1, f"{file} has no {name}"
    file.write_text(text, encoding="utf-8")
    return replace(ground, cities=cities)
