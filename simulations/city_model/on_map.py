"""Whether a city model lies on the map that shall give it roads: else nobody would ever be reached."""

from collections.abc import Iterator
from typing import Final, Protocol

from domain.values import Position
from simulations.city_model.faults import BadModel
from simulations.city_model.model import CityModel

NAMED: Final = 3


class Covering(Protocol):
    """map_version : by which people know the map"""

    map_version: str

    def covers(self, position: Position) -> bool: ...


class OffTheMap(BadModel):
    """`vi` says the same in Vietnamese."""

    def __init__(self, model: str, version: str, lost: list[str], of: int) -> None:
        named = ", ".join(lost[:NAMED]) + (", …" if len(lost) > NAMED else "")
        super().__init__(
            [
                f"The city model '{model}' does not lie on the map {version}: of its {of} places, stations "
                f"and hospitals {len(lost)} have no street near them ({named})."
            ]
        )
        self.vi = (
            f"Mô hình thành phố '{model}' không nằm trên bản đồ {version}: trong {of} điểm gọi, trạm và bệnh "
            f"viện có {len(lost)} nơi không có đường nào ở gần ({named})."
        )


def insist_on_map(model: CityModel, roads: Covering) -> None:
    """Raises OffTheMap."""
    everywhere = list(_everywhere(model))
    lost = [name for name, position in everywhere if not roads.covers(position)]
    if lost:
        raise OffTheMap(model.id, roads.map_version, lost, len(everywhere))


def _everywhere(model: CityModel) -> Iterator[tuple[str, Position]]:
    """Stations first: whoever reads the first names knows them."""
    yield from ((station.id, station.position) for station in model.stations)
    yield from ((hospital.id, hospital.position) for hospital in model.hospitals)
    yield from ((place.id, place.position) for place in model.places)
