"""Snapshots in memory: for tests, forks and simulated nights."""

from collections.abc import Iterator, Sequence

from projections.snapshots import Packed, Place


class MemorySnapshots:
    def __init__(self, fold: str, kept: dict[tuple[str, int], Packed] | None = None) -> None:
        """kept : what lies there already, by fold and place in the log"""
        self.fold = fold
        self._kept = kept if kept is not None else {}

    def put(self, packed: Packed) -> None:
        self._kept[packed.fold, packed.seq] = packed

    def places(self) -> list[Place]:
        return [Place(each.seq, each.heard_us, len(each.body)) for each in self._ours()]

    def until(self, seq: int | None = None, heard_us: int | None = None) -> Iterator[Packed]:
        for packed in reversed(self._ours()):
            if (seq is None or packed.seq <= seq) and (heard_us is None or packed.heard_us <= heard_us):
                yield packed

    def drop(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            self._kept.pop((self.fold, seq), None)

    def drop_foreign(self) -> None:
        for fold, seq in list(self._kept):
            if fold != self.fold:
                del self._kept[fold, seq]

    def _ours(self) -> list[Packed]:
        return sorted((each for each in self._kept.values() if each.fold == self.fold), key=lambda p: p.seq)
