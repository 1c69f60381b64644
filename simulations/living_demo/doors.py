"""Hospitals answer whether they take a patient: mostly yes, after a moment, now and then not at all."""

from simulations.living_demo.accounts import HOSPITALS
from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row, moment

LOOK_REAL_S = 3.0
REASONS = ("Máy CT hỏng", "Hết máy thở", "Khoa cấp cứu quá tải")


class Doors:
    """One look at all that were asked; each thinks for a while of its own, in real time, as the limit is."""

    def __init__(
        self, client: Client, clock: Clock, picture: Picture, chance: Chance, habits: Habits, say: Say
    ) -> None:
        self._client, self._clock, self._picture = client, clock, picture
        self._habits, self._say = habits, say
        self._luck = chance.of("doors")
        self._thinks_real_s: dict[tuple[str, str], float | None] = {}

    async def work(self) -> None:
        await self._clock.sleep(LOOK_REAL_S * self._clock.speed)
        asked = {
            (row["id"], row["asked_at"]): row
            for row in self._picture.referrals.values()
            if row["state"] == "asked"
        }
        self._thinks_real_s = {name: each for name, each in self._thinks_real_s.items() if name in asked}
        for name, row in sorted(asked.items()):
            wait_s = self._thinks_real_s.setdefault(name, self._thought())
            waited_s = (self._clock.now() - moment(row["asked_at"])).total_seconds()
            if wait_s is not None and waited_s >= wait_s:
                self._thinks_real_s[name] = None
                await self._answer(row)

    def _thought(self) -> float | None:
        """Seconds until it answers, None where it never does."""
        if self._luck.happens(self._habits.silent):
            return None
        return self._luck.between(*self._habits.answer_real_s)

    async def _answer(self, row: Row) -> None:
        body = {"answer": "accept", "reason": None, "hospital_id": row["hospital_id"]}
        if self._luck.happens(self._habits.sent_on):
            body |= {"answer": "redirect", "reason": self._luck.pick(REASONS)}
        try:
            await self._client.post(f"/runs/{row['id']}/acceptance", body, HOSPITALS)
        except Refusal as refusal:
            self._say(f"{row['callsign']}: {refusal}")
