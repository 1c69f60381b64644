"""Records in memory: for a past that is folded to answer one question, and for tests."""

from collections.abc import Iterable, Mapping

from projections.figures.fold import Key
from projections.figures.records import DAY_US, DutyRecord, Kept


class MemoryRecords:
    """As `FigureStore`, and as long as somebody holds it."""

    def __init__(self, records: Mapping[Key, Kept] | None = None, position: int = 0) -> None:
        self.records: dict[Key, Kept] = dict(records or {})
        self.position = position

    def write(self, changed: Mapping[Key, Kept], position: int) -> None:
        self.records.update(changed)
        self.position = position

    def of(self, kind: str, ids: Iterable[str]) -> list[Kept]:
        return [self.records[kind, each] for each in ids if (kind, each) in self.records]

    def on_days(self, kind: str, first: int, last: int) -> list[Kept]:
        return [each for each in self.all(kind) if first <= each.began // DAY_US <= last]

    def lasting_into(self, kind: str, first: int) -> list[Kept]:
        return [
            each
            for each in self.all(kind)
            if each.began // DAY_US < first and (each.over is None or each.over // DAY_US >= first)
        ]

    def all(self, kind: str) -> list[Kept]:
        return [record for (its_kind, _), record in self.records.items() if its_kind == kind]

    def begin_again(self) -> None:
        self.records.clear()
        self.position = 0

    def last_duties_before(self, day: int) -> list[DutyRecord]:
        newest: dict[str, DutyRecord] = {}
        for each in self.all("duties"):
            if isinstance(each, DutyRecord) and each.began // DAY_US < day:
                known = newest.get(each.callsign)
                if known is None or known.began < each.began:
                    newest[each.callsign] = each
        return list(newest.values())
