"""What a crew does, from the run it is given to its station again. People may change the plan any time."""

from simulations.living_demo.accounts import CREWS
from simulations.living_demo.crew import ARRIVED_M, Crew
from simulations.living_demo.driver import Place, metres
from simulations.living_demo.errors import Refusal
from simulations.living_demo.log import Say
from simulations.living_demo.notebook import Notebook
from simulations.living_demo.picture import ENDS, Row

COURSE = (
    "assigned", "accepted", "en_route", "on_scene", "patient_contact",
    "transporting", "at_hospital", "handed_over", *sorted(ENDS),
)  # fmt: skip
LOOK_REAL_S = 1.0
REFUSED_REAL_S = 2.0
WAIT_FOR_VAN_S = 1200.0
BLUE_LIGHT = {"van": "van", "motorbike": "motorbike"}
HOMEWARD = {"van": "van_normal", "motorbike": "motorbike_normal"}
TREATED = ("Xử trí tại chỗ, bệnh nhân ổn", "Bệnh nhân từ chối chuyển viện", "Người nhà tự đưa đi")


class RunOfDuty:
    """Begins where the run stands, so a restart or a crew's own telephone may have done a part of it."""

    def __init__(self, crew: Crew, hospitals: dict[str, Place], notebook: Notebook, say: Say) -> None:
        self.crew, self._hospitals, self._notebook, self._say = crew, hospitals, notebook, say
        self._told: tuple[str, str] = ("", "assigned")  # run, and the last milestone we told ourselves

    async def work(self) -> None:
        """One thing at a time: the run, else the way home, else a look."""
        crew = self.crew
        run = self._run()
        if run is not None:
            await self._serve(str(run["id"]))
        elif self._on_duty() and metres(crew.place(), crew.station) > ARRIVED_M:
            await crew.drive_to(crew.station, HOMEWARD[crew.kind], self._is_free, yard=True)
        await crew.clock.sleep(LOOK_REAL_S * crew.clock.speed)

    def _is_free(self) -> bool:
        return self._on_duty() and self._run() is None

    def _on_duty(self) -> bool:
        row = self.crew.row
        return row is not None and row["duty"] == "on_duty"

    def _run(self) -> Row | None:
        """The run the unit is on, unless we have told its end already."""
        row = self.crew.row
        run = self.crew.picture.runs.get(row["run_id"] or "") if row else None
        return None if run is None or self._status(run) in ENDS else run

    def _status(self, run: Row) -> str:
        """The picture may lag behind what we told; people may be ahead of it."""
        own = self._told[1] if self._told[0] == run["id"] else "assigned"
        return max(own, str(run["status"]), key=COURSE.index)

    async def _serve(self, run_id: str) -> None:
        while (run := self._run()) is not None and run["id"] == run_id:
            try:
                await self._step(run, self._status(run))
            except Refusal as refusal:
                # Somebody else told of the run, or ended it: look again.
                self._say(f"{self.crew.callsign}: {refusal}")
                await self.crew.clock.sleep(REFUSED_REAL_S * self.crew.clock.speed)

    async def _step(self, run: Row, status: str) -> None:
        match status:
            case "assigned":
                await self._answer(run)
            case "accepted":
                await self._after(run, self.crew.habits.turnout_s, "en_route")
            case "en_route":
                await self._reach_the_scene(run)
            case "on_scene":
                await self._after(run, self.crew.habits.contact_s, "patient_contact")
            case "patient_contact":
                await self._care(run)
            case "transporting":
                await self._reach_the_hospital(run)
            case "at_hospital":
                await self._after(run, self.crew.habits.handover_s, "handed_over")
            case "handed_over":
                await self._after(run, self.crew.habits.ready_s, "clear")

    def _stands(self, run: Row) -> bool:
        """Whether the run is still where we took it up, as far as we know."""
        now = self._run()
        return now is not None and now["id"] == run["id"] and self._status(now) == self._status(run)

    async def _tell(self, run: Row, milestone: str, reason: str | None = None) -> None:
        await self.crew.report(run["id"], milestone, reason)
        self._told = (run["id"], milestone)

    async def _after(self, run: Row, bounds: tuple[float, float], milestone: str) -> None:
        if await self.crew.pause(bounds, lambda: self._stands(run)):
            await self._tell(run, milestone)

    async def _answer(self, run: Row) -> None:
        crew = self.crew
        if not await crew.pause(crew.habits.accept_s, lambda: self._stands(run)):
            return
        if crew.luck.happens(crew.habits.declined):
            self._say(f"{crew.callsign} declines {run['incident_number']}")
            return await self._tell(run, "declined", "Xe đang nạp oxy, chưa đi được")
        await self._tell(run, "accepted")

    async def _reach_the_scene(self, run: Row) -> None:
        crew = self.crew
        scene = crew.scene_of(run)
        if scene is None:
            return await self._tell(run, "stood_down", "Vụ không còn")
        gives_up = crew.priority_of(run) in ("P3", "P4") and crew.luck.happens(crew.habits.cancelled)

        def still() -> bool:
            return self._stands(run) and crew.scene_of(run) == scene

        if gives_up:
            return await self._turn_back(run)
        if await crew.drive_to(scene, BLUE_LIGHT[crew.kind], still):
            await self._tell(run, "on_scene")

    async def _turn_back(self, run: Row) -> None:
        """On the way the desk says that the caller needs nobody any more."""
        if await self.crew.pause(self.crew.habits.accept_s, lambda: self._stands(run)):
            self._notebook.cancelled.add(run["incident_id"])
            await self._tell(run, "stood_down", "Người gọi báo không cần xe nữa")
            self._say(f"{self.crew.callsign} stood down from {run['incident_number']}")

    async def _care(self, run: Row) -> None:
        crew = self.crew
        if crew.kind == "motorbike":
            return await self._care_until_the_van_comes(run)
        if not await crew.pause(crew.habits.care_s, lambda: self._stands(run)):
            return
        urgent = crew.priority_of(run) in ("P1", "P2")
        if crew.luck.happens(crew.habits.stays * (0.4 if urgent else 2.0)):
            return await self._tell(run, "clear", crew.luck.pick(TREATED))
        if not run["hospital_id"] or crew.luck.happens(crew.habits.redirected):
            await self._choose_a_hospital(run)
        await self._tell(run, "transporting")

    async def _care_until_the_van_comes(self, run: Row) -> None:
        """First care only: clear when the van's crew is with the patient, or nobody comes for long."""
        crew, began = self.crew, self.crew.clock.city_s()
        while self._stands(run) and crew.clock.city_s() - began < WAIT_FOR_VAN_S:
            incident = crew.picture.incidents.get(run["incident_id"])
            others = [each for each in (incident or {"runs": []})["runs"] if each["run_id"] != run["id"]]
            if any(COURSE.index(each["status"]) >= COURSE.index("patient_contact") for each in others):
                break
            await crew.clock.sleep(LOOK_REAL_S * crew.clock.speed)
        await self._after(run, crew.habits.ready_s, "clear")

    async def _choose_a_hospital(self, run: Row) -> None:
        """Another than planned, or the first where none was. Stays as it is where Vigil knows no better."""
        client = self.crew.client
        try:
            advice = await client.get(f"/incidents/{run['incident_id']}/recommendation", CREWS)
            others = [each for each in advice["hospitals"] if each["hospital_id"] != run["hospital_id"]]
            if not others:
                return
            choice = {"hospital_id": others[0]["hospital_id"], "bed_kind": others[0]["bed_kind"]}
            reason = "Gần hơn và còn giường" if run["hospital_id"] else "Chưa có bệnh viện nhận"
            await client.put(f"/runs/{run['id']}/destination", {**choice, "reason": reason}, CREWS)
        except Refusal as refusal:
            self._say(f"{self.crew.callsign} keeps its hospital: {refusal}")
        else:
            self._say(f"{self.crew.callsign} takes the patient to {choice['hospital_id']}")

    async def _reach_the_hospital(self, run: Row) -> None:
        crew = self.crew
        goal_id = self._destination(run)
        goal = self._hospitals.get(goal_id or "") or self._nearest_hospital()

        def still() -> bool:
            return self._stands(run) and self._destination(run) == goal_id

        profile = BLUE_LIGHT if crew.priority_of(run) in ("P1", "P2") else HOMEWARD
        if await crew.drive_to(goal, profile[crew.kind], still, yard=True):
            await self._tell(run, "at_hospital")

    def _destination(self, run: Row) -> str | None:
        """As the picture has it now: it may change on the way."""
        now = self.crew.picture.runs.get(run["id"]) or run
        hospital_id: str | None = now["hospital_id"]
        return hospital_id

    def _nearest_hospital(self) -> Place:
        """For a run that names none: the patient must go somewhere."""
        here = self.crew.place()
        return min(self._hospitals.values(), key=lambda each: metres(here, each), default=self.crew.station)
