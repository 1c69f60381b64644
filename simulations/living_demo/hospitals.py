"""Hospitals fill and empty, count their beds every few minutes, and now and then turn units away."""

from simulations.living_demo.accounts import HOSPITALS
from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row, moment

STAY_S = {"EmergencyDepartment": 4 * 3600.0, "AdultICU": 72 * 3600.0, "OperatingRooms": 2 * 3600.0}
LONG_STAY_S = 96 * 3600.0
"""Mean lengths of stay; assumed. Other kinds stay long."""
FULLNESS = (0.68, 0.92)
"""Share of the staffed beds that tends to be occupied, drawn once a hospital and kind; assumed."""
OPENING_S = 45.0


class Hospital:
    """One hospital's bed manager. It counts on from what the server holds, so people's counts stay."""

    def __init__(
        self, hospital_id: str, client: Client, clock: Clock, picture: Picture, chance: Chance,
        habits: Habits, say: Say,
    ) -> None:  # fmt: skip
        self.hospital_id = hospital_id
        self._client, self._clock, self._picture = client, clock, picture
        self._habits, self._say = habits, say
        self._luck = chance.of(f"hospital {hospital_id}")
        self._fullness: dict[str, float] = {}
        self._counted_s: float | None = None

    async def work(self) -> None:
        """Count once, then wait for the next time."""
        bounds = (0.0, OPENING_S) if self._counted_s is None else self._habits.bed_report_s
        await self._clock.sleep(self._luck.between(*bounds))
        row = self._picture.hospitals.get(self.hospital_id)
        if row is None or not row["beds"]:
            self._counted_s = self._clock.city_s()
            return
        if not self._led_by_people(row):
            await self._report(row)
        self._counted_s = self._clock.city_s()

    async def _report(self, row: Row) -> None:
        spent_s = self._clock.city_s() - (self._counted_s or self._clock.city_s())
        counted = {kind: self._count(kind, count, spent_s) for kind, count in sorted(row["beds"].items())}
        beds = {kind: count for kind, count in counted.items() if self._is_news(row["beds"][kind], count)}
        if not beds:
            return
        body = {"at": self._clock.now().isoformat(), "beds": beds}
        try:
            await self._client.put(f"/hospitals/{self.hospital_id}/beds", body, HOSPITALS)
        except Refusal as refusal:
            self._say(f"{row['code']}: {refusal}")

    def _is_news(self, held: Row, count: dict[str, int]) -> bool:
        """What changed, and what was said so long ago that it is doubted soon."""
        if held["reported_at"] is None or any(held[name] != number for name, number in count.items()):
            return True
        age_s = (self._clock.now() - moment(held["reported_at"])).total_seconds()
        return age_s > self._habits.bed_repeat_real_s

    def _led_by_people(self, row: Row) -> bool:
        """Whether somebody else than us reported lately: then the figures are theirs."""
        for count in row["beds"].values():
            if count["reported_by"] in (None, HOSPITALS):
                continue
            age_s = (self._clock.now() - moment(count["reported_at"])).total_seconds()
            if age_s < self._habits.people_report_real_s:
                return True
        return False

    def _count(self, kind: str, count: Row, spent_s: float) -> dict[str, int]:
        """The beds of one kind after `spent_s` of coming and going."""
        staffed, blocked = int(count["staffed"]), int(count["blocked"])
        usual = self._fullness.setdefault(kind, self._luck.between(*FULLNESS))
        room = max(0, staffed - blocked)
        if count["reported_at"] is None:
            occupied = round(usual * room)
        else:
            stay = STAY_S.get(kind, LONG_STAY_S)
            left = self._luck.share_of(int(count["occupied"]), spent_s / stay)
            came = self._luck.count(max(0.0, usual * room * spent_s / stay))
            occupied = int(count["occupied"]) - left + came
        promised = min(int(count["held"]), max(0, room - 1))
        return {
            "staffed": staffed,
            "occupied": max(0, min(occupied, room - promised)),
            "blocked": min(blocked, staffed),
        }
