"""Sending a unit: ask Vigil whom and where to, take the first, adapt when somebody was quicker."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from simulations.living_demo.chance import Chance
from simulations.living_demo.client import Client
from simulations.living_demo.driver import Place, metres
from simulations.living_demo.errors import Refusal
from simulations.living_demo.habits import Habits
from simulations.living_demo.log import Say
from simulations.living_demo.picture import Picture, Row, place_of

ROUNDS = 3
HOSPITALS_TRIED = 3
MOTORBIKE_WITHIN_M = 3500.0


class Sending:
    """where_is : the place of a unit by callsign, None where nobody knows"""

    def __init__(
        self, client: Client, picture: Picture, where_is: Callable[[str], Place | None], chance: Chance,
        habits: Habits, say: Say,
    ) -> None:  # fmt: skip
        self._client, self._picture, self._where_is = client, picture, where_is
        self._habits, self._say = habits, say
        self._luck = chance.of("first responders")

    async def send(self, incident: Row) -> bool:
        """Send the first that is free. False where nobody can go now."""
        for _ in range(ROUNDS):
            advice = await self._client.get(f"/incidents/{incident['id']}/recommendation")
            ready = [unit for unit in advice["units"] if unit.get("free_in_s") is None]
            if not ready:
                return False
            unit = ready[0]
            try:
                await self._order(incident, unit, advice)
            except Refusal as refusal:
                if refusal.kind not in ("UnitBusy", "UnitNotOnDuty"):
                    raise
                continue  # somebody was quicker: ask again
            self._say(f"{unit['callsign']} sent to {incident['number']}, {unit['eta_s'] / 60:.1f} min")
            if incident["priority"] == "P1" and self._luck.happens(self._habits.first_responder):
                await self._motorbike_too(incident)
            return True
        return False

    async def _order(self, incident: Row, unit: Row, advice: Row) -> None:
        """With the best hospital whose bed can be held, at last without any bed."""
        body = {"unit_id": unit["unit_id"], "decision_id": advice["decision_id"]}
        for hospital in advice["hospitals"][:HOSPITALS_TRIED]:
            choice = {"hospital_id": hospital["hospital_id"], "bed_kind": hospital["bed_kind"]}
            try:
                return await self._open_run(incident, {**body, **choice})
            except Refusal as refusal:
                if refusal.kind != "NoBedFree":
                    raise
        first = advice["hospitals"][:1]
        choice = {"hospital_id": first[0]["hospital_id"]} if first else {}
        return await self._open_run(incident, {**body, **choice})

    async def _open_run(self, incident: Row, body: dict[str, Any]) -> None:
        sound = {name: value for name, value in body.items() if value is not None}
        await self._client.post(f"/incidents/{incident['id']}/runs", {"run_id": str(uuid4()), **sound})

    async def _motorbike_too(self, incident: Row) -> None:
        """A motorbike reaches an alley sooner; the van follows for the transport."""
        scene = place_of(incident)
        if scene is None:
            return
        near = []
        for unit in self._picture.units.values():
            place = self._where_is(unit["callsign"])
            if unit["kind"] == "motorbike" and unit["status"] == "AV" and place is not None:
                near.append((metres(place, scene), str(unit["callsign"]), str(unit["unit_id"])))
        if not near or min(near)[0] > MOTORBIKE_WITHIN_M:
            return
        _, callsign, unit_id = min(near)
        reason = "Xe máy cấp cứu vào hẻm trước, xe cứu thương theo sau"
        try:
            await self._open_run(incident, {"unit_id": unit_id, "override_reason": reason})
        except Refusal as refusal:
            self._say(f"{callsign} not sent: {refusal}")
        else:
            self._say(f"{callsign} sent to {incident['number']} as first responder")
