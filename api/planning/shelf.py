"""What simulations may stand on: the city that is open, city models and scenarios in files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from api.planning.errors import UnfitModel, UnfitScenario, UnknownModel, UnknownScenario
from domain.city import City

if TYPE_CHECKING:  # loaded where somebody first asks
    from simulations.scenario.scenario import Scenario

MODEL = "model.toml"
DEMAND = "demand.toml"


class LogDays(NamedTuple):
    """now : by the city's clocks, too"""

    first: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """city_id: whose presets are meant; own : where planners of this service put models and scenarios

    data    : the data folder of this service, with its log where that is no database
    log_days : the first day of the own log and today, by the city's clocks; None where nothing is in it
    """

    city_id: str
    city_folder: Path
    map_folder: Path
    own: Path
    data: Path = Path()
    log_days: Callable[[], "LogDays | None"] = lambda: None

    @property
    def demand_said(self) -> bool:
        return (self.city_folder / DEMAND).is_file()

    def scenarios(self) -> dict[str, Path]:
        """By name; one of the planners' own goes before a preset of the same name."""
        from simulations.scenario.library import presets

        own = sorted((self.own / "scenarios").glob("*.toml"))
        return {path.stem: path for path in (*presets(self.city_id), *own)}

    def models(self) -> dict[str, Path]:
        found = sorted((self.own / "models").glob(f"*/{MODEL}"))
        return {path.parent.name: path.parent for path in found}

    def scenario(self, said: str | None) -> "Scenario":
        """Raises UnknownScenario, UnfitScenario."""
        there = self.scenarios()
        if said not in there:
            raise UnknownScenario(said=said or "", known=_listed(there))
        return read(there[said])

    def model(self, said: str | None) -> tuple[Path, City]:
        """Its folder, and its stations and units. Raises UnknownModel, UnfitModel."""
        there = self.models()
        if said not in there:
            raise UnknownModel(said=said or "", known=_listed(there))
        from simulations.city_model.as_city import city_of
        from simulations.city_model.faults import BadModel
        from simulations.city_model.read import read_model

        try:
            return there[said], city_of(read_model(there[said]))
        except BadModel as fault:
            raise UnfitModel(field="model", said=said, why=" ".join(fault.sentences)) from None


def read(path: Path) -> "Scenario":
    """Raises UnfitScenario."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(64)
def _read(path: Path, changed: int) -> "Scenario":
    from simulations.city_model.faults import BadModel
    from simulations.scenario.read import read_scenario

    try:
        return read_scenario(path)
    except BadModel as fault:
        raise UnfitScenario(said=path.stem, why=" ".join(fault.sentences)) from None


def _listed(names: dict[str, Path]) -> str:
    return ", ".join(names) or "–"
