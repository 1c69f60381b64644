"""A place found from what a caller said, and how far it may be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.errors import Invalid, Unknown
from domain.values import Position

LONGEST_QUERY = 200
"""Letters of a place as it is typed. Nobody says an address of more."""

PlaceKind = Literal[
    "house", "alley", "street", "crossing", "place", "hospital", "station", "bridge", "area", "code",
    "position",
]  # fmt: skip
"""What was found: `place` is anything with a name, `area` a ward, district or quarter, `code` a plus code,
`position` coordinates that were typed."""

Words = Mapping[str, str]


class PlaceTooLong(Invalid):
    en = "A place is typed in at most {longest} letters; these are {letters}."
    vi = "Địa chỉ dài nhất {longest} ký tự; ở đây có {letters}."


class MapWithoutNames(Unknown):
    en = "This map was built without its names, so places cannot be searched. Build it again from its file."
    vi = "Bản đồ này được dựng không kèm tên nên không tìm địa chỉ được. Hãy dựng lại từ tệp bản đồ."


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One answer to "where is that?".

    label      : as the map writes it, with ward and district
    kind       : what it is
    position   : where
    confidence : 0 to 1; how well it fits what was said, and how sure the place is on the map
    ambiguous  : it must be asked. Other places answer as well, or it is long and nobody said where along it,
                 or its number is hardly more than a guess
    radius_m   : how far off the position may be, in metres
    parts      : what was understood: house, alley, street, name, ward, old_ward, district, near, unit
    reasons    : sentences in `en` and `vi`, why it was chosen and what is doubtful
    """

    label: str
    kind: PlaceKind
    position: Position
    confidence: float
    ambiguous: bool
    radius_m: float
    parts: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[Words, ...] = ()
