"""Play a day: calls ring, the policy's first is sent, crews drive, care, hand over and are free again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from dispatch.advise import Advice, Need, advise
from dispatch.application import DispatchLog
from dispatch.covering import choosing
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.need import left_of
from dispatch.policies.queue import Waiting, in_order
from dispatch.policies.send import RankedUnit
from dispatch.rules import Rules
from domain.city import City
from domain.values import Position, Priority
from routing.times import RoadTimes
from simulations.day import CallOfDay, Day
from simulations.full.agenda import FREE, OPENED, OTHER, Agenda
from simulations.full.duty import Shifts
from simulations.full.memory import nothing_to_sweep
from simulations.full.posts import Posts
from simulations.full.room import Room, open_room
from simulations.full.whereabouts import Driving, Standing, way_to
from simulations.ground.build import CityGround
from simulations.rival import Rival
from simulations.week import turns_of

ACCEPTED_AFTER_S = 5.0


@dataclass(slots=True)
class Served:
    """One call, and what became of it. Seconds since the day began; None while it has not happened."""

    call: CallOfDay
    incident_id: UUID
    number: int = 0
    callsign: str | None = None
    on_scene_s: float | None = None
    hospital_id: str | None = None
    stay_s: float = 0.0

    @property
    def response_s(self) -> float | None:
        return None if self.on_scene_s is None else self.on_scene_s - self.call.at_s


@dataclass(slots=True)
class Played:
    """driven_m : of all units, by what they drove for; log : all that happened, as a live desk writes it"""

    policies: Mapping[str, str]
    log: DispatchLog | None = None
    served: list[Served] = field(default_factory=list)
    driven_m: dict[str, float] = field(
        default_factory=lambda: {"to_scene": 0.0, "to_hospital": 0.0, "homeward": 0.0}
    )
    busy_s: float = 0.0
    vans: int = 0


def play(
    day: Day,
    city: City,
    rules: Rules,
    roads: RoadTimes,
    ground: CityGround,
    rival: Rival | Mapping[str, str],
    log: DispatchLog | None = None,
    stays_s: Sequence[float] = (),
) -> Played:
    """ground : of the roads, with the scene of every call among its places
    rival   : what is done; or the names of the policies that choose, by priority, and all else as always
    log     : where all that happens is recorded; a quick one in memory where none is named
    stays_s : of each call, how long its patient keeps the bed; needed where beds are taken
    """
    if not isinstance(rival, Rival):
        rival = Rival(policies=rival)
    if rival.beds and len(stays_s) != len(day.calls):
        raise ValueError(f"{rival.name}: beds are taken, but nobody says how long anybody stays.")
    agenda = Agenda()
    room = open_room(city, rules, roads, ground, day.begins, lambda: agenda.now_s, log, rival)
    player = _Player(agenda, room, stays_s or [0.0] * len(day.calls))
    for turn_s in turns_of(rival):
        agenda.add(turn_s, player.turn, (OTHER, 1))
    for number, call in enumerate(day.calls):
        player.ring(number, call)
    with nothing_to_sweep():
        agenda.run()
    return player.played


class _Player:
    def __init__(self, agenda: Agenda, room: Room, stays_s: Sequence[float]) -> None:
        self.agenda, self.room, self.rival, self.stays_s = agenda, room, room.rival, stays_s
        self.shifts, self.posts = Shifts(room, self._home, self._driven), Posts(room, self._drive)
        self.order = {callsign: number for number, callsign in enumerate(sorted(room.bases))}
        self.played = Played(
            self.rival.policies, room.desk.log, vans=sum(kind == "van" for kind in room.kinds.values())
        )
        self.waiting: dict[UUID, Served] = {}

    def ring(self, number: int, call: CallOfDay) -> None:
        served = Served(call, self.room.id_of("incident", number), stay_s=self.stays_s[number])
        self.played.served.append(served)
        self.agenda.add(call.at_s, lambda now_s: self._take(number, served))

    def _take(self, number: int, served: Served) -> None:
        call, call_id = served.call, self.room.id_of("call", number)
        place = Position(call.lat, call.lon)
        self.room.order(
            lambda act: ReceiveCall(act, call_id, f"0900{number:06d}", None, place, None, "Cuộc gọi ghi lại"),
            receive_call,
        )
        opens_s = call.at_s + call.decide_s
        self.agenda.add(opens_s, lambda now_s: self._open(call_id, served), (OPENED, number))

    def _open(self, call_id: UUID, served: Served) -> None:
        call = served.call
        answer = self.room.order(
            lambda act: OpenIncident(
                act,
                served.incident_id,
                call_id,
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
        began_s = self.agenda.now_s
        bed = advice.need.needs.bed_kind
        if hospital_id is not None and bed is not None:
            room.wards.hold(hospital_id, bed)
        served.callsign, served.hospital_id = first.callsign, hospital_id
        before = room.where[first.callsign]
        self._driven(before.driven_m(began_s))
        room.move(first.callsign, Standing(before.seen(began_s)))
        rolling_s = began_s + first.parts["turnout"]
        self._tell(began_s + min(ACCEPTED_AFTER_S, first.parts["turnout"]), run_id, "accepted")
        self._tell(rolling_s, run_id, "en_route")
        arrives_s = rolling_s + first.eta_s
        self.played.driven_m["to_scene"] += first.distance_m
        self.agenda.add(arrives_s, lambda now_s: self._arrive(served, run_id, bed, began_s))

    def _arrive(self, served: Served, run_id: UUID, bed: str | None, began_s: float) -> None:
        room, call, now_s = self.room, served.call, self.agenda.now_s
        assert served.callsign is not None
        served.on_scene_s = now_s
        scene = Position(call.lat, call.lon)
        room.move(served.callsign, Standing(room.spot(scene)))
        self._tell(now_s, run_id, "on_scene", "patient_contact")
        leaves_s = now_s + call.scene_s
        hospital_id = served.hospital_id
        hospital = room.city.hospital(hospital_id) if hospital_id is not None else None
        way = None
        if call.transports and hospital is not None and room.kinds[served.callsign] == "van":
            way = room.way_on(scene, hospital.position, call.scene_s)
        if way is None or hospital is None:
            ends_s, served.hospital_id = leaves_s, None
            if hospital is not None and bed is not None:
                room.wards.left_alone(leaves_s, hospital.id, bed)
        else:
            self._tell(leaves_s, run_id, "transporting")
            there_s = leaves_s + way.duration_s
            self.played.driven_m["to_hospital"] += way.distance_m
            callsign, spot = served.callsign, room.spot(hospital.position)
            self.agenda.add(there_s, lambda now: room.move(callsign, Standing(spot)))
            self._tell(there_s, run_id, "at_hospital")
            handed_s = there_s + call.handover_s * self.rival.doors.get(hospital.id, 1.0)
            self._tell(handed_s, run_id, "handed_over")
            if bed is not None:
                room.wards.admit(there_s, handed_s, handed_s + served.stay_s, hospital.id, bed)
            ends_s = handed_s + call.clear_s
        turn = self.order[served.callsign]
        self.agenda.add(ends_s, lambda now: self._free(served, run_id, began_s), (FREE, turn))

    def _free(self, served: Served, run_id: UUID, began_s: float) -> None:
        """On the way home, or straight to the next who waits."""
        assert served.callsign is not None
        self._report(run_id, "clear")
        if self.room.kinds[served.callsign] == "van":
            self.played.busy_s += self.agenda.now_s - began_s
        if self.shifts.ends_for(served.callsign):
            return
        self._serve()
        self._mend()
        row = self.room.views.row("units", served.callsign)
        if row is None or row["run_id"] is not None or row["post"] is not None:
            return
        if self.rival.move_up != "dmexclp" or not self.posts.send_freed(served.callsign):
            self._home(served.callsign)

    def _home(self, callsign: str) -> None:
        room, now_s = self.room, self.agenda.now_s
        here, home = room.where[callsign].seen(now_s), room.bases[callsign]
        drive = way_to(room.ground, room.kinds[callsign], here, home, now_s, room.pace())
        if drive is not None:
            self._drive(callsign, drive)

    def _drive(self, callsign: str, drive: Driving) -> None:
        self.room.move(callsign, drive)
        ends_s = self.agenda.now_s + drive.duration_s * drive.pace
        self.agenda.add(ends_s, lambda now: self._at_home(callsign, drive))

    def _driven(self, metres: float) -> None:
        self.played.driven_m["homeward"] += metres

    def _at_home(self, callsign: str, drive: Driving) -> None:
        """If nobody sent it elsewhere meanwhile."""
        if self.room.where[callsign] is drive:
            self._driven(drive.distance_m)
            self.room.move(callsign, Standing(drive.base_spot))

    def _tell(self, at_s: float, run_id: UUID, *milestones: str) -> None:
        def tell(now_s: float) -> None:
            for milestone in milestones:
                self._report(run_id, milestone)

        self.agenda.add(at_s, tell)

    def _report(self, run_id: UUID, milestone: str) -> None:
        self.room.order(lambda act: ReportMilestone(act, run_id, milestone, None, None), report_milestone)
