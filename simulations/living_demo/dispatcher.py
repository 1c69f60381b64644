"""The demo's dispatcher: sends what Vigil advises, leaves some incidents to people, closes what is done."""

from dataclasses import dataclass

from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import ENDS, Picture, Row, moment
from simulations.living_demo.sending import Sending

LOOK_REAL_S = 0.5
AGAIN_S = 15.0
SETTLE_REAL_S = 3.0
"""After an order of our own the picture gets so long to show it."""


@dataclass(slots=True)
class Plan:
    """When the demo acts, unless a person did before: both times must have come."""

    due_s: float
    not_before_real_s: float = 0.0


class Dispatcher:
    def __init__(
        self, client: Client, clock: Clock, picture: Picture, sending: Sending, notebook: Notebook,
        chance: Chance, habits: Habits, say: Say,
    ) -> None:  # fmt: skip
        self._client, self._clock, self._picture = client, clock, picture
        self._sending, self._notebook, self._habits, self._say = sending, notebook, habits, say
        self._luck = chance.of("dispatcher")
        self._to_send: dict[str, Plan] = {}
        self._to_close: dict[str, Plan] = {}

    async def work(self) -> None:
        """One look over the queue. Never raises a refusal: what was refused is looked at again later."""
        incidents = sorted(self._picture.incidents.values(), key=urgency)
        for row in incidents:
            try:
                if row["status"] == "done":
                    await self._consider_closing(row)
                elif needs_a_van(row, self._picture):
                    await self._consider_sending(row)
                else:
                    self._to_send.pop(row["id"], None)
            except Refusal as refusal:
                self._say(f"incident {row['number']}: {refusal}")
                self._put_off(row["id"], AGAIN_S)
        self._forget()
        await self._clock.sleep(LOOK_REAL_S * self._clock.speed)

    async def _consider_sending(self, row: Row) -> None:
        plan = self._to_send.get(row["id"])
        if plan is None:
            plan = self._to_send[row["id"]] = self._new_plan(row)
        if self._clock.city_s() < plan.due_s or self._clock.real_s() < plan.not_before_real_s:
            return
        if row["id"] in self._notebook.cancelled:
            await self._close(row, "Người gọi báo không cần xe nữa")
        elif await self._sending.send(row):
            plan.not_before_real_s = self._clock.real_s() + SETTLE_REAL_S
            plan.due_s = self._clock.city_s() + AGAIN_S
        else:
            plan.due_s = self._clock.city_s() + AGAIN_S

    def _new_plan(self, row: Row) -> Plan:
        """Soon, after a while in the queue, or after people had their chance.

        What people opened is theirs first; and who stands a unit down has something else in mind.
        """
        habits, now = self._habits, self._clock.city_s()
        urgent = row["priority"] == "P1"
        stood_down = any(run["status"] == "stood_down" for run in row["runs"])
        if row["id"] in self._notebook.cancelled or (row["runs"] and not stood_down):
            return Plan(now + self._luck.between(*habits.decide_s))
        theirs = stood_down or row["id"] not in self._notebook.opened
        share = habits.for_people_p1 if urgent else habits.for_people
        if theirs or (self._luck.happens(share) and self._left() < habits.most_for_people):
            self._say(f"incident {row['number']} is left to whoever sits at the console")
            return Plan(now, not_before_real_s=self._clock.real_s() + habits.patience_real_s)
        if not urgent and self._luck.happens(habits.queued):
            return Plan(now + self._luck.between(*habits.queue_s))
        return Plan(now + self._luck.between(*habits.decide_s))

    def _left(self) -> int:
        """How many incidents wait for people just now."""
        now = self._clock.real_s()
        return sum(1 for plan in self._to_send.values() if plan.not_before_real_s > now + SETTLE_REAL_S)

    async def _consider_closing(self, row: Row) -> None:
        plan = self._to_close.get(row["id"])
        if plan is None:
            due_s = self._clock.city_s() + self._luck.between(*self._habits.close_s)
            plan = self._to_close[row["id"]] = Plan(due_s)
        if self._clock.city_s() >= plan.due_s and self._clock.real_s() >= plan.not_before_real_s:
            handed_over = any(run["hospital_id"] and run["status"] == "clear" for run in row["runs"])
            reason = "Đã bàn giao bệnh nhân" if handed_over else "Đã xử trí tại chỗ"
            await self._close(row, reason)
            plan.not_before_real_s = self._clock.real_s() + SETTLE_REAL_S

    async def _close(self, row: Row, reason: str) -> None:
        await self._client.post(f"/incidents/{row['id']}/close", {"reason": reason})
        minutes = (self._clock.now() - moment(row["opened_at"])).total_seconds() * self._clock.speed / 60
        self._say(f"incident {row['number']} closed after {minutes:.0f} min: {reason}")

    def _put_off(self, incident_id: str, city_s: float) -> None:
        for plans in (self._to_send, self._to_close):
            if incident_id in plans:
                plans[incident_id].due_s = self._clock.city_s() + city_s

    def _forget(self) -> None:
        for plans in (self._to_send, self._to_close):
            for incident_id in [each for each in plans if each not in self._picture.incidents]:
                del plans[incident_id]


def urgency(row: Row) -> tuple[str, str]:
    return str(row["priority"]), str(row["opened_at"])


def needs_a_van(row: Row, picture: Picture) -> bool:
    """Nobody on the way, or only a motorbike, which cannot carry the patient."""
    if row["status"] == "waiting":
        return True
    if row["status"] in ("done", "closed"):
        return False
    served = [run["callsign"] for run in row["runs"] if run["status"] not in ENDS or run["status"] == "clear"]
    return all(picture.units.get(callsign, {}).get("kind") == "motorbike" for callsign in served)
