"""One call at the desk: taken, located, asked, and then an incident, a joined call or a reason to close."""

from typing import Any
from uuid import uuid4

from simulations.living_demo.callers import Caller
from simulations.living_demo.chance import Chance
from simulations.living_demo.city import City
from simulations.living_demo.client import Client
from simulations.living_demo.clock import Clock
from simulations.living_demo.complaints import NO_EMERGENCY, PHONE_PREFIX
from simulations.living_demo.errors import Refusal
from simulations.living_demo.log import Say
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import Picture, place_of
from simulations.living_demo.places import Places, Spot

NEVER_RANG_BACK = "Không liên lạc lại được"


class CallDesk:
    def __init__(
        self, client: Client, clock: Clock, city: City, places: Places, notebook: Notebook,
        chance: Chance, say: Say,
    ) -> None:  # fmt: skip
        self._client, self._clock, self._city = client, clock, city
        self._places, self._notebook, self._say = places, notebook, say
        self._luck = chance.of("conversations")

    async def talk(self, caller: Caller) -> None:
        """From ring to end. A call that somebody else settled meanwhile is left as it is."""
        try:
            if caller.emergency is not None:
                await self._emergency(caller)
            elif caller.again is not None:
                await self._again(caller)
            else:
                await self._nuisance(caller)
        except Refusal as refusal:
            self._say(f"call {caller.phone}: {refusal}")

    async def settle_left_over(self, picture: Picture) -> None:
        """Calls of an earlier demo that nobody talks to any more."""
        for call in list(picture.calls.values()):
            if call["phone"].startswith(PHONE_PREFIX):
                try:
                    await self._close(call["id"], NEVER_RANG_BACK)
                except Refusal as refusal:
                    self._say(f"call {call['phone']}: {refusal}")

    async def _emergency(self, caller: Caller) -> None:
        story = caller.emergency
        spot = await self._places.draw()
        if story is None or spot is None:
            return
        call_id = await self._ring(caller, story.complaint, spot if caller.knows_where else None)
        self._say(f"call {caller.phone}: {story.complaint}")
        await self._pause(8.0, 20.0)
        if not caller.knows_where:
            await self._pause(10.0, 25.0)
            where = {"position": spot.place.as_json(), "address": spot.address}
            await self._client.put(f"/calls/{call_id}/position", where)
        await self._ask(call_id, story.answers)
        await self._pause(4.0, 12.0)
        body: dict[str, Any] = {
            "id": str(uuid4()),
            "call_id": call_id,
            "position": spot.place.as_json(),
            "patients": caller.patients,
        }
        if not self._city.known_answers(story.answers):
            body["priority"] = self._luck.pick(("P1", "P2", "P3"))
        self._notebook.opened.add(body["id"])
        opened = await self._client.post("/incidents", body)
        self._say(f"incident {opened.get('number')} {opened.get('priority')} {spot.address}")

    async def _again(self, caller: Caller) -> None:
        known = caller.again
        place = place_of(known) if known else None
        if known is None or place is None:
            return
        spot = Spot(self._places.near(place), known["address"] or "")
        call_id = await self._ring(caller, caller.again_words, spot)
        await self._pause(6.0, 15.0)
        await self._client.post(f"/calls/{call_id}/join", {"incident_id": known["id"]})
        self._say(f"call {caller.phone} joins incident {known['number']}")

    async def _nuisance(self, caller: Caller) -> None:
        nuisance = caller.nuisance
        if nuisance is None:
            return
        call_id = await self._ring(caller, nuisance.complaint, None)
        await self._pause(5.0, 20.0)
        if nuisance.asked:
            await self._ask(call_id, NO_EMERGENCY)
        await self._close(call_id, nuisance.reason)

    async def _ring(self, caller: Caller, complaint: str, spot: Spot | None) -> str:
        body: dict[str, Any] = {
            "id": str(uuid4()),
            "phone": caller.phone,
            "complaint": complaint,
            "at": self._clock.now().isoformat(),
        }
        if caller.name:
            body["caller_name"] = caller.name
        if spot is not None:
            body["position"], body["address"] = spot.place.as_json(), spot.address or None
        try:
            taken = await self._client.post("/calls", body)
        except Refusal as refusal:
            if refusal.kind != "OutsideMap":
                raise
            # The second caller stands where no street is: take the call, it is located later.
            del body["position"]
            taken = await self._client.post("/calls", {**body, "id": str(uuid4())})
        return str(taken["id"])

    async def _ask(self, call_id: str, answers: dict[str, str]) -> None:
        """The questions of the card, in one go."""
        said = self._city.known_answers(answers)
        if not said:
            return
        card = self._city.card["id"]
        await self._pause(8.0, 25.0)
        await self._client.put(f"/calls/{call_id}/triage", {"protocol": card, "answers": said})

    async def _close(self, call_id: str, reason: str) -> None:
        await self._client.post(f"/calls/{call_id}/close", {"reason": reason})

    async def _pause(self, low: float, high: float) -> None:
        await self._clock.sleep(self._luck.between(low, high))
