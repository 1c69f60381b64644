"""Now and then a hospital turns units away for a while. It always says until when."""

from dataclasses import dataclass

from simulations.living_demo.accounts import HOSPITALS
from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row

MOST_AT_ONCE = 0.2  # of all hospitals
ENDED_EARLY = 0.6
LOOK_S = 15.0
SHORTEST_REAL_S = 60.0
REASONS = (
    ("Khoa cấp cứu quá tải", None),
    ("Máy CT hỏng", "stroke"),
    ("Phòng can thiệp tim mạch đang bận", "pci"),
    ("Phòng mổ đang bảo trì", "trauma"),
)
"""What is said, and the speciality it concerns; None for everything."""


@dataclass(frozen=True, slots=True)
class Diversion:
    hospital_id: str
    ends_s: float


class Diversions:
    def __init__(
        self, client: Client, clock: Clock, picture: Picture, chance: Chance, habits: Habits, say: Say
    ) -> None:
        self._client, self._clock, self._picture = client, clock, picture
        self._habits, self._say = habits, say
        self._luck = chance.of("diversions")
        self._next_s = clock.city_s() + self._luck.gap(habits.diversion_every_s)
        self._ours: list[Diversion] = []

    async def work(self) -> None:
        await self._clock.sleep(LOOK_S)
        await self._end_those_due()
        if self._clock.city_s() >= self._next_s:
            self._next_s = self._clock.city_s() + self._luck.gap(self._habits.diversion_every_s)
            await self._begin()

    async def _begin(self) -> None:
        rows = sorted(self._picture.hospitals.values(), key=lambda row: str(row["id"]))
        open_rows = [row for row in rows if row["diversion"] is None]
        if not open_rows or len(rows) - len(open_rows) >= max(1.0, MOST_AT_ONCE * len(rows)):
            return
        row = self._luck.pick(open_rows, [fullness(each) ** 2 + 0.05 for each in open_rows])
        reason, service = self._luck.pick(REASONS)
        if service is not None and service not in row["specialities"]:
            reason, service = REASONS[0]
        lasts_s = max(self._luck.between(*self._habits.diversion_s), SHORTEST_REAL_S * self._clock.speed)
        body = {
            "reason": reason,
            "services": [service] if service else [],
            "until": self._clock.real_after(lasts_s).isoformat(),
        }
        try:
            await self._client.put(f"/hospitals/{row['id']}/diversion", body, HOSPITALS)
        except Refusal as refusal:
            return self._say(f"{row['code']}: {refusal}")
        self._say(f"{row['code']} diverts for {lasts_s / 60:.0f} min: {reason}")
        if self._luck.happens(ENDED_EARLY):
            ends_s = self._clock.city_s() + lasts_s * self._luck.between(0.5, 0.9)
            self._ours.append(Diversion(row["id"], ends_s))

    async def _end_those_due(self) -> None:
        for diversion in [each for each in self._ours if self._clock.city_s() >= each.ends_s]:
            self._ours.remove(diversion)
            row = self._picture.hospitals.get(diversion.hospital_id)
            if row is None or row["diversion"] is None:
                continue
            try:
                await self._client.delete(f"/hospitals/{row['id']}/diversion", HOSPITALS)
            except Refusal as refusal:
                self._say(f"{row['code']}: {refusal}")
            else:
                self._say(f"{row['code']} takes patients again")


def fullness(row: Row) -> float:
    """Share of the emergency beds in use, 0 where it has none."""
    beds = row["beds"].get("EmergencyDepartment")
    return beds["occupied"] / beds["staffed"] if beds and beds["staffed"] else 0.0
