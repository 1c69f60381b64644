"""What a street is while the town is being drawn."""

from dataclasses import dataclass, field

from simulations.town.curves import Line

RANK = {
    "trunk": 0,
    "primary": 1,
    "secondary": 2,
    "tertiary": 3,
    "residential": 4,
    "lane": 5,
    "alley": 6,
}
"""From the widest to the narrowest. A lane is an alley a van can enter; an alley proper is not."""


@dataclass(slots=True)
class Road:
    """One street from end to end.

    kind    : a word of RANK
    line    : its course, metres; where it meets others is found later
    crosses : whether it may be carried over water
    keep    : never trimmed and never given up, such as the roundabout
    parent  : for alleys, the street they leave and the house number at the corner
    """

    kind: str
    line: Line
    crosses: bool = False
    keep: bool = False
    closed: bool = False
    name: str = ""
    ref: str = ""
    oneway: bool = False
    parent: int | None = None
    number: str = ""
    nodes: list[int] = field(default_factory=list)
    """Filled in by `crossings`: the nodes it passes, in order."""

    @property
    def for_vans(self) -> bool:
        return self.kind != "alley"
