"""The hospitals of a simulated night, whose beds are held, taken and free again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from heapq import heappop, heappush

from dispatch.policies.hospital_now import HospitalNow

News = tuple[float, str, str, int, int, int]
"""When, at which hospital, of which kind of bed; and what it adds to the free, the inbound, the waiting."""


class Wards:
    """A bed is held from the order on, as the desk holds one for every run. It is free again when the crew
    leaves the scene without a patient, or at the end of the stay.

    held : whether beds are taken at all
    """

    def __init__(self, hospitals: Sequence[HospitalNow], held: bool) -> None:
        self._now = {each.hospital_id: each for each in hospitals}
        self._held = held
        self._news: list[News] = []

    def stands(self) -> tuple[list[tuple[str, int, int, dict[str, int]]], list[News]]:
        """Of each hospital who is inbound, who waits and how many beds of each kind are free; and what is
        still to happen."""
        counted = [
            (
                each.hospital_id,
                each.inbound,
                each.waiting,
                {kind: now.free for kind, now in each.beds.items()},
            )
            for each in self._now.values()
        ]
        return counted, list(self._news)

    def go_on(self, counted: Sequence[tuple[str, int, int, Mapping[str, int]]], news: Sequence[News]) -> None:
        """From what `stands` told."""
        for hospital_id, inbound, waiting, free in counted:
            before = self._now[hospital_id]
            beds = {kind: replace(now, free=free[kind]) for kind, now in before.beds.items()}
            self._now[hospital_id] = replace(before, beds=beds, inbound=inbound, waiting=waiting)
        self._news = list(news)

    def at(self, now_s: float) -> list[HospitalNow]:
        """As they stand, with all that happened until now."""
        while self._news and self._news[0][0] <= now_s:
            _, hospital_id, kind, *changes = heappop(self._news)
            self._change(hospital_id, kind, *changes)
        return list(self._now.values())

    def hold(self, hospital_id: str, kind: str) -> None:
        if self._held:
            self._change(hospital_id, kind, -1, 1, 0)

    def left_alone(self, at_s: float, hospital_id: str, kind: str) -> None:
        """Nobody comes: the bed that was held is free."""
        self._expect(at_s, hospital_id, kind, 1, -1, 0)

    def admit(self, there_s: float, handed_s: float, leaves_s: float, hospital_id: str, kind: str) -> None:
        self._expect(there_s, hospital_id, kind, 0, -1, 1)
        self._expect(handed_s, hospital_id, kind, 0, 0, -1)
        self._expect(leaves_s, hospital_id, kind, 1, 0, 0)

    def _expect(self, at_s: float, hospital_id: str, kind: str, *changes: int) -> None:
        if self._held:
            free, inbound, waiting = changes
            heappush(self._news, (at_s, hospital_id, kind, free, inbound, waiting))

    def _change(self, hospital_id: str, kind: str, free: int, inbound: int, waiting: int) -> None:
        before = self._now[hospital_id]
        beds = before.beds
        if kind in beds:
            beds = {**beds, kind: replace(beds[kind], free=beds[kind].free + free)}
        self._now[hospital_id] = replace(
            before, beds=beds, inbound=before.inbound + inbound, waiting=before.waiting + waiting
        )
