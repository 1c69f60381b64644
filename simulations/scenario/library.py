"""The scenarios that come with Vigil: for each city a folder, where those it has none for are left out."""

from pathlib import Path
from typing import Final

PRESETS: Final = Path(__file__).parents[1] / "presets"


def presets(city: str) -> list[Path]:
    """Those of a city, by name."""
    return sorted((PRESETS / city).glob("*.toml"))


def found(said: str, city: str) -> Path:
    """A file as it is named, or the preset of that name. Raises FileNotFoundError with a sentence."""
    path = Path(said)
    if path.suffix == ".toml":
        if path.is_file():
            return path
        raise FileNotFoundError(f"There is no file {said}.")
    for each in presets(city):
        if each.stem == said:
            return each
    there = ", ".join(each.stem for each in presets(city)) or "none"
    raise FileNotFoundError(f"There is no scenario '{said}' for {city}; there are: {there}.")
