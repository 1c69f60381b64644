"""Ids for what is said of the roads in a whole list without any: the same thing said again keeps its id."""

from collections import Counter
from uuid import UUID

from api.schema.traffic import NewClosure, NewSpeed
from domain.base import natural_id


class SaidIds:
    """Of one list. An end or a share that changes is the same thing said otherwise; two entries that are
    alike in all else are two things."""

    def __init__(self) -> None:
        self._times: Counter[tuple[object, ...]] = Counter()

    def of_closure(self, said: NewClosure) -> UUID:
        return self._id("closures", said.stretch.stretch(), *sorted(set(said.profiles)), said.reason.strip())

    def of_slowing(self, said: NewSpeed) -> UUID:
        return self._id("slowings", said.stretch.stretch(), said.reason.strip())

    def _id(self, kind: str, *said: object) -> UUID:
        self._times[kind, *said] += 1
        return natural_id(kind, "said", repr(said), self._times[kind, *said])
