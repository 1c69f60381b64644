"""What the inner rooms ask of the outer ones, in the words of the inner ones."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from domain.areas import Direction, Reached
from domain.coverage import CellTimes
from domain.places import FoundPlace
from domain.values import Position, Route, Travel

Traffic = Literal["live", "free_flow"]


class TravelTimes(Protocol):
    """Road times. Where there is no way the answer is None, never a large number.

    Profiles: "van" and "motorbike" on blue light, "van_normal" and "motorbike_normal" without.
    """

    @property
    def map_version(self) -> str: ...

    @property
    def traffic_version(self) -> str: ...

    def covers(self, position: Position) -> bool:
        """Whether the place lies on the map, within reach of a street that can be driven."""
        ...

    def to_scene(self, origins: Sequence[Position], scene: Position, profile: str) -> list[Travel | None]:
        """Many to one: one entry an origin, in their order."""
        ...

    def from_scene(
        self, scene: Position, destinations: Sequence[Position], profile: str
    ) -> list[Travel | None]:
        """One to many: one entry a destination, in their order."""
        ...

    def table(
        self,
        origins: Sequence[Position],
        destinations: Sequence[Position],
        profile: str,
        traffic: Traffic = "live",
    ) -> list[list[Travel | None]]:
        """Many to many: a row an origin, an entry a destination."""
        ...

    def route(self, origin: Position, destination: Position, profile: str) -> Route | None:
        """The way to drive, or None where there is none."""
        ...


class Reach(Protocol):
    """What can be reached in time."""

    def reach(
        self,
        places: Sequence[Position],
        limits_s: Sequence[float],
        profile: str,
        *,
        direction: Direction = "from",
        traffic: Traffic = "live",
        shapes: bool = False,
    ) -> Reached:
        """What the nearest of the places reaches within each limit; with direction "to", from where one of
        them is reached. Shapes take far longer than figures, so they are made only when asked for."""
        ...


class Roads(TravelTimes, Reach, Protocol):
    """All that is asked of a road engine."""

    def still(self) -> "Roads":
        """The roads as they are at this moment, for answers that belong together: whatever traffic does
        meanwhile, they and their `traffic_version` stay as they are."""
        ...


class Gazetteer(Protocol):
    """The names of the map: where a place is that somebody says, and what a place is called. Never asks a
    network."""

    def find(self, said: str, near: Position | None = None, limit: int = 8) -> list[FoundPlace]:
        """The places that answer to what was said, the likeliest first, nearer ones before others that answer
        as well. Empty where nothing does. Raises PlaceTooLong."""
        ...

    def reverse(self, position: Position) -> FoundPlace | None:
        """The address of a place: the house it is at, else the street, else the ward; None off the map."""
        ...

    def areas_at(self, position: Position) -> dict[str, str]:
        """`ward` and `district` of a place; what is not known is left out."""
        ...

    def area_names(self) -> dict[str, list[str]]:
        """All wards and districts by those words; what the map has none of is left out."""
        ...


class CoverageGrid(Protocol):
    """The expected demand in cells, and the road times between them. Worked out beside the desk: an answer
    may be of a traffic that has passed, and says so."""

    @property
    def times(self) -> Mapping[str, CellTimes] | None:
        """By profile ("van", "motorbike"), all of the same cells; None until they were first worked out."""
        ...

    @property
    def stale(self) -> bool:
        """Whether traffic has changed since they were worked out."""
        ...

    def cells_of(self, positions: Sequence[Position]) -> list[int]:
        """The number of the cell each place is in, -1 for one off the map."""
        ...
