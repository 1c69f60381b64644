"""Who plays a day: calls ring, the policy's first is sent, crews drive, care, hand over, are free."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from dispatch.advise import Advice, Need, advise
from dispatch.covering import choosing
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.need import left_of
from dispatch.policies.queue import Waiting, in_order
from dispatch.policies.send import RankedUnit
from domain.values import Position, Priority
from simulations.day import CallOfDay
from simulations.full.agenda import FREE, OPENED, OTHER, Agenda
from simulations.full.duty import Shifts
from simulations.full.posts import Posts
from simulations.full.room import Room
from simulations.full.served import Played, Served
from simulations.full.whereabouts import Driving, Standing, way_to
from simulations.week import turns_of

ACCEPTED_AFTER_S = 5.0


class Player:
    """Whatever is told `now_s` first is a happening, which the agenda has by its name; what goes with it are
    figures and words alone."""

    def __init__(
        self, agenda: Agenda, room: Room, calls: Sequence[CallOfDay], stays_s: Sequence[float]
    ) -> None:
        self.agenda, self.room, self.rival = agenda, room, room.rival
        self.calls, self.stays_s = calls, stays_s
        self.ringing = sorted(
            range(len(calls)), key=lambda number: (calls[number].at_s, number), reverse=True
        )
        """Who has not rung yet, the first at the end."""
        self.shifts, self.posts = Shifts(room, self.home, self.driven), Posts(room, self.drive)
        self.order = {callsign: number for number, callsign in enumerate(sorted(room.bases))}
        self.played = Played(
            self.rival.policies, room.desk.log, vans=sum(kind == "van" for kind in room.kinds.values())
        )
        self.played.served = [
            Served(call, room.id_of("incident", number), stay_s=stays_s[number], nth=number)
            for number, call in enumerate(calls)
        ]
        self.waiting: dict[UUID, Served] = {}

    def begin(self) -> None:
        for turn_s in turns_of(self.rival):
            self.agenda.add(turn_s, "turn", rank=(OTHER, 1))
        self._next_rings()

    def happen(self, what: str, now_s: float, *told: object) -> None:
        getattr(self, what)(now_s, *told)

    def _next_rings(self) -> None:
        """Of one moment calls ring before anything else that has no rank, and in their own order."""
        if self.ringing:
            number = self.ringing.pop()
            self.agenda.add(self.calls[number].at_s, "ring", number, order=number)

    def ring(self, now_s: float, number: int) -> None:
        self._next_rings()
        call, call_id = self.calls[number], self.room.id_of("call", number)
        place = Position(call.lat, call.lon)
        self.room.order(
            lambda act: ReceiveCall(act, call_id, f"0900{number:06d}", None, place, None, "Cuộc gọi ghi lại"),
            receive_call,
        )
        self.agenda.add(call.at_s + call.decide_s, "open", number, rank=(OPENED, number))

    def open(self, now_s: float, number: int) -> None:
        call, served = self.calls[number], self.played.served[number]
        answer = self.room.order(
            lambda act: OpenIncident(
                act,
                served.incident_id,
                self.room.id_of("call", number),
                Position(call.lat, call.lon),
                None,
                call.priority,
                call.patients,
            ),
            open_incident,
        )
        served.number = answer["number"]
        self.waiting[served.incident_id] = served
        self._serve()
        self._mend()

    def turn(self, now_s: float) -> None:
        """Shifts end and begin."""
        self.shifts.turn()
        self._serve()
        self._mend()

    def _mend(self) -> None:
        if self.rival.move_up == "mended":
            self.posts.mend()

    def _serve(self) -> None:
        """Whoever waits, the most urgent first; who cannot be served goes on waiting."""
        if not self.waiting:
            return
        room = self.room
        queue = [
            Waiting(
                each.call.priority,
                room.begins + timedelta(seconds=each.call.at_s),
                each.number,
                str(each.incident_id),
            )
            for each in self.waiting.values()
        ]
        for each in in_order(queue):
            if not room.anybody_free():
                return
            served = self.waiting[UUID(each.incident_id)]
            advice = self._advice(served)
            first = next((row for row in advice.units.units if row.free_in_s is None), None)
            if first is not None:
                del self.waiting[served.incident_id]
                self._send(served, first, advice)

    def _advice(self, served: Served) -> Advice:
        room, call = self.room, served.call
        incident = room.desk.log.incident(served.incident_id)
        need = Need(
            incident_id=str(served.incident_id),
            position=incident.position,
            needs=incident.needs,
            priority=call.priority,
            patients=call.patients,
            target_s=left_of(
                float(room.city.targets.response_s[Priority(call.priority)]), self.agenda.now_s - call.at_s
            ),
        )
        decision_id = room.id_of("decision", served.number, room.orders)
        desk, fleet = room.desk, room.units_now()
        chosen = choosing(self.rival.policies[call.priority], fleet, desk.coverage, desk.rules, room.now)
        return advise(need, room, desk, room.now, decision_id, chosen)

    def _send(self, served: Served, first: RankedUnit, advice: Advice) -> None:
        room, run_id = self.room, self.room.id_of("run", str(served.incident_id))
        written = advice.written(room.desk)
        hospital = advice.hospitals.hospitals[0] if advice.hospitals.hospitals else None
        hospital_id = hospital.hospital_id if hospital is not None else None
        room.order(
            lambda act: AssignUnit(
                act,
                run_id,
                served.incident_id,
                first.callsign,
                hospital_id,
                None,
                advice.decision_id,
                None,
                written.letters(),
                first.eta_s,
            ),
            assign_unit,
        )
        now_s, nth = self.agenda.now_s, served.nth
        served.callsign, served.hospital_id, served.run_id = first.callsign, hospital_id, run_id
        served.bed, served.began_s = advice.need.needs.bed_kind, now_s
        if hospital_id is not None and served.bed is not None:
            room.wards.hold(hospital_id, served.bed)
        before = room.where[first.callsign]
        self.driven(before.driven_m(now_s))
        room.move(first.callsign, Standing(before.seen(now_s)))
        rolling_s = now_s + first.parts["turnout"]
        self.agenda.add(now_s + min(ACCEPTED_AFTER_S, first.parts["turnout"]), "report", nth, "accepted")
        self.agenda.add(rolling_s, "report", nth, "en_route")
        self.played.driven_m["to_scene"] += first.distance_m
        self.agenda.add(rolling_s + first.eta_s, "arrive", nth)

    def arrive(self, now_s: float, nth: int) -> None:
        room, served, call = self.room, self.played.served[nth], self.calls[nth]
        assert served.callsign is not None
        served.on_scene_s = now_s
        scene = Position(call.lat, call.lon)
        room.move(served.callsign, Standing(room.spot(scene)))
        self.agenda.add(now_s, "report", nth, "on_scene", "patient_contact")
        leaves_s = now_s + call.scene_s
        hospital_id, bed = served.hospital_id, served.bed
        hospital = room.city.hospital(hospital_id) if hospital_id is not None else None
        way = None
        if call.transports and hospital is not None and room.kinds[served.callsign] == "van":
            way = room.way_on(scene, hospital.position, call.scene_s)
        if way is None or hospital is None:
            ends_s, served.hospital_id = leaves_s, None
            if hospital is not None and bed is not None:
                room.wards.left_alone(leaves_s, hospital.id, bed)
        else:
            self.agenda.add(leaves_s, "report", nth, "transporting")
            there_s = leaves_s + way.duration_s
            self.played.driven_m["to_hospital"] += way.distance_m
            self.agenda.add(there_s, "reach", served.callsign, room.spot(hospital.position))
            self.agenda.add(there_s, "report", nth, "at_hospital")
            handed_s = there_s + call.handover_s * self.rival.doors.get(hospital.id, 1.0)
            self.agenda.add(handed_s, "report", nth, "handed_over")
            if bed is not None:
                stay_s = served.stay_s * self.rival.stays.get(hospital.id, 1.0)
                room.wards.admit(there_s, handed_s, handed_s + stay_s, hospital.id, bed)
            ends_s = handed_s + call.clear_s
        self.agenda.add(ends_s, "free", nth, rank=(FREE, self.order[served.callsign]))

    def reach(self, now_s: float, callsign: str, spot: int) -> None:
        self.room.move(callsign, Standing(spot))

    def free(self, now_s: float, nth: int) -> None:
        """On the way home, or straight to the next who waits."""
        served = self.played.served[nth]
        callsign = served.callsign
        assert callsign is not None
        self.report(now_s, nth, "clear")
        if self.room.kinds[callsign] == "van":
            self.played.busy_s += now_s - served.began_s
        if self.shifts.ends_for(callsign):
            return
        self._serve()
        self._mend()
        row = self.room.views.row("units", callsign)
        if row is None or row["run_id"] is not None or row["post"] is not None:
            return
        if self.rival.move_up != "dmexclp" or not self.posts.send_freed(callsign):
            self.home(callsign)

    def home(self, callsign: str) -> None:
        room, now_s = self.room, self.agenda.now_s
        here, home = room.where[callsign].seen(now_s), room.bases[callsign]
        drive = way_to(room.ground, room.kinds[callsign], here, home, now_s, room.pace())
        if drive is not None:
            self.drive(callsign, drive)

    def drive(self, callsign: str, drive: Driving) -> None:
        self.room.move(callsign, drive)
        ends_s = self.agenda.now_s + drive.duration_s * drive.pace
        self.agenda.add(ends_s, "at_home", callsign, drive.began_s, drive.base_spot)

    def driven(self, metres: float) -> None:
        self.played.driven_m["homeward"] += metres

    def at_home(self, now_s: float, callsign: str, began_s: float, base_spot: int) -> None:
        """If nobody sent it elsewhere meanwhile."""
        drive = self.room.where[callsign]
        if isinstance(drive, Driving) and (drive.began_s, drive.base_spot) == (began_s, base_spot):
            self.driven(drive.distance_m)
            self.room.move(callsign, Standing(drive.base_spot))

    def report(self, now_s: float, nth: int, *milestones: str) -> None:
        run_id = self.played.served[nth].run_id
        assert run_id is not None
        for milestone in milestones:
            self._report(run_id, milestone)

    def _report(self, run_id: UUID, milestone: str) -> None:
        self.room.order(lambda act: ReportMilestone(act, run_id, milestone, None, None), report_milestone)
