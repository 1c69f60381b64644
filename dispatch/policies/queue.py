"""In which order incidents wait: the most urgent first, among equals the one that waits longest."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Waiting(NamedTuple):
    """Sorts as it should be served; the number settles what is left."""

    priority: str
    since: datetime
    number: int
    incident_id: str


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    return sorted(waiting)
