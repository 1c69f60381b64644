"""Calls, incidents and runs of a made-up life, with all that goes wrong on an ordinary day."""

from typing import NamedTuple
from uuid import UUID

from api.bench.history.life import Life
from api.bench.history.made_up_picture import MadeUpPicture
from dispatch.advise import Need, advise
from dispatch.handlers.assign_unit import AssignUnit, assign_unit
from dispatch.handlers.close_call import CloseCall, close_call
from dispatch.handlers.close_incident import CloseIncident, close_incident
from dispatch.handlers.correct_milestone import CorrectMilestone, correct_milestone
from dispatch.handlers.join_call import JoinCall, join_call
from dispatch.handlers.locate_call import LocateCall, locate_call
from dispatch.handlers.note_incident import NoteIncident, note_incident
from dispatch.handlers.open_incident import OpenIncident, open_incident
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.handlers.redirect_run import RedirectRun, redirect_run
from dispatch.handlers.report_milestone import ReportMilestone, report_milestone
from dispatch.handlers.reprioritise_incident import ReprioritiseIncident, reprioritise_incident
from dispatch.handlers.triage_call import TriageCall, triage_call
from domain.run_course import ENDS
from domain.values import Milestone, Position

M = Milestone
CALLS_A_DAY = 900
BY_HOUR = (3, 2, 2, 2, 2, 3, 4, 6, 7, 7, 6, 6, 5, 5, 6, 6, 7, 7, 7, 6, 5, 5, 4, 3)  # UTC plus seven hours
NO_EMERGENCY, JOINS = 0.50, 0.06
LEGS = (
    (M.ACCEPTED, 25.0),
    (M.EN_ROUTE, 60.0),
    (M.ON_SCENE, 600.0),
    (M.PATIENT_CONTACT, 90.0),
    (M.TRANSPORTING, 1_000.0),
    (M.AT_HOSPITAL, 900.0),
    (M.HANDED_OVER, 900.0),
    (M.CLEAR, 400.0),
)
COMPLAINTS = (
    "khó thở",
    "đau ngực",
    "tai nạn giao thông, hai người bị thương",
    "ngất xỉu",
    "co giật",
    "té ngã",
)
FAREWELLS = ("gọi nhầm", "trẻ em quấy phá", "không cần xe cấp cứu, đã hướng dẫn", "hỏi thông tin")


class Emergency(NamedTuple):
    call_id: UUID
    incident_id: UUID
    place: Position


class Emergencies:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.open: dict[UUID, Emergency] = {}
        self._picture = MadeUpPicture(life)
        life.soon(1, self._ring)

    # --- calls --------------------------------------------------------------------------------

    def _ring(self) -> None:
        life = self.life
        share = BY_HOUR[(life.now.hour + 7) % 24] / sum(BY_HOUR)
        life.soon(life.chance.expovariate(CALLS_A_DAY * share / 3600), self._ring)
        call_id, place = life.mint(), life.near() if life.happens(0.7) else None
        life.order(
            ReceiveCall(
                act=life.act("dispatcher", call_id),
                call_id=call_id,
                phone=f"09{life.chance.randrange(10**8):08d}",
                caller_name="Nguyễn Văn A" if life.happens(0.3) else None,
                position=place,
                address=f"{life.chance.randrange(1, 900)} Lý Thường Kiệt, Quận 10"
                if life.happens(0.8)
                else None,
                complaint=life.chance.choice(COMPLAINTS),
            ),
            receive_call,
        )
        life.soon(life.about(50), lambda: self._answer(call_id, place))

    def _answer(self, call_id: UUID, place: Position | None) -> None:
        life = self.life
        if life.happens(NO_EMERGENCY):
            reason = life.chance.choice(FAREWELLS)
            life.order(CloseCall(life.act("dispatcher", call_id), call_id, reason), close_call)
            life.log.forget([call_id])
            return
        if place is None:
            place = life.near()
            life.order(LocateCall(life.act("dispatcher", call_id), call_id, place, None), locate_call)
        if self.open and life.happens(JOINS):
            other = life.chance.choice(list(self.open))
            life.order(JoinCall(life.act("dispatcher", other), call_id, other), join_call)
            life.log.forget([call_id])
            return
        card = life.desk.protocols["general"]
        answers = {each.id: life.chance.choice(each.answers).value for each in card.questions}
        life.order(TriageCall(life.act("dispatcher", call_id), call_id, "general", answers), triage_call)
        emergency = Emergency(call_id, life.mint(), place)
        order = OpenIncident(
            act=life.act("dispatcher", call_id),
            incident_id=emergency.incident_id,
            call_id=call_id,
            position=place,
            determinant=None,
            priority=life.chance.choice(("P1", "P2", "P2", "P3")),
            patients=1 + life.happens(0.05),
        )
        life.order(order, open_incident)
        self.open[emergency.incident_id] = emergency
        life.soon(life.about(30), lambda: self._send(emergency))

    # --- runs ---------------------------------------------------------------------------------

    def _send(self, emergency: Emergency) -> None:
        """The best advised; where nobody is free it is tried again after a minute."""
        life = self.life
        incident = life.log.incident(emergency.incident_id)
        need = Need(str(emergency.incident_id), emergency.place, incident.needs)
        advice = advise(need, self._picture, life.desk, life.now, life.mint())
        if not advice.units.units:
            life.soon(60, lambda: self._send(emergency))
            return
        written, unit = advice.written(life.desk), advice.units.units[0]
        ranked = [each for each in advice.hospitals.hospitals if (each.free or 0) > 0]
        hospital = ranked[0] if ranked else None
        run_id = life.mint()
        life.order(
            AssignUnit(
                act=life.act("dispatcher", emergency.call_id),
                run_id=run_id,
                incident_id=emergency.incident_id,
                unit=unit.callsign,
                hospital_id=hospital.hospital_id if hospital else None,
                bed_kind=hospital.bed_kind if hospital else None,
                decision_id=written.decision_id,
                override_reason=None,
                advice=written.letters(),
                eta_s=written.eta_of(unit.callsign),
            ),
            assign_unit,
        )
        self._go_on(emergency, run_id, 0)
        if life.happens(0.3):
            life.soon(life.about(400), lambda: self._note_if_open(emergency))
        if life.happens(0.05):
            life.soon(life.about(200), lambda: self._reprioritise(emergency))

    def _go_on(self, emergency: Emergency, run_id: UUID, leg: int) -> None:
        milestone, usual_s = LEGS[leg]
        self.life.soon(self.life.about(usual_s), lambda: self._reach(emergency, run_id, milestone, leg))

    def _reach(self, emergency: Emergency, run_id: UUID, milestone: Milestone, leg: int) -> None:
        life = self.life
        if leg == 0 and life.happens(0.04):
            milestone = M.DECLINED
        elif leg in (1, 2) and life.happens(0.03):
            milestone = M.STOOD_DOWN
        elif milestone == M.TRANSPORTING and life.happens(0.15):
            milestone = M.CLEAR  # treated on the spot
        run = life.log.run(run_id)
        late_s = min(life.about(20), (life.now - run.times[run.milestone]).total_seconds() / 2)
        act = life.act(run.callsign, emergency.call_id, late_s if life.happens(0.1) else 0)
        reason = "hỏng xe" if milestone == M.DECLINED else None
        life.order(
            ReportMilestone(act, run_id, milestone, self._position(run.callsign, emergency), reason),
            report_milestone,
        )
        if milestone == M.ON_SCENE:
            life.where[run.callsign] = emergency.place
        if milestone == M.TRANSPORTING and run.hospital_id and life.happens(0.04):
            life.order(
                RedirectRun(life.act("dispatcher"), run_id, None, None, "gia đình yêu cầu"), redirect_run
            )
        if milestone not in ENDS:
            self._go_on(emergency, run_id, leg + 1)
        elif milestone in (M.DECLINED, M.STOOD_DOWN) and life.happens(0.8):
            life.log.forget([run_id])
            life.soon(20, lambda: self._send(emergency))
        else:
            life.soon(life.about(300), lambda: self._close(emergency, run_id))

    def _close(self, emergency: Emergency, run_id: UUID) -> None:
        life = self.life
        order = CloseIncident(life.act("dispatcher", emergency.call_id), emergency.incident_id, "hoàn tất")
        life.order(order, close_incident)
        del self.open[emergency.incident_id]
        if life.happens(0.04):
            life.soon(life.about(30 * 3600), lambda: self._remember(emergency, run_id))
        else:
            life.log.forget([emergency.call_id, emergency.incident_id, run_id])

    # --- afterwards ---------------------------------------------------------------------------

    def _remember(self, emergency: Emergency, run_id: UUID) -> None:
        """A day later somebody mends a time, or adds what was forgotten."""
        life, run = self.life, self.life.log.run(run_id)
        if life.happens(0.5) and M.ON_SCENE in run.times:
            between = run.times[M.EN_ROUTE] + (run.times[M.ON_SCENE] - run.times[M.EN_ROUTE]) / 2
            order = CorrectMilestone(life.act("supervisor"), run_id, M.ON_SCENE, between, "bấm trễ")
            life.order(order, correct_milestone)
        else:
            self._note(emergency)
        life.log.forget([emergency.call_id, emergency.incident_id, run_id])

    def _note(self, emergency: Emergency) -> None:
        life = self.life
        text = "Hẻm hẹp, xe máy vào trước; người nhà đón ở đầu hẻm."
        life.order(
            NoteIncident(life.act("dispatcher"), emergency.incident_id, life.mint(), text), note_incident
        )

    def _note_if_open(self, emergency: Emergency) -> None:
        if emergency.incident_id in self.open:
            self._note(emergency)

    def _reprioritise(self, emergency: Emergency) -> None:
        if emergency.incident_id in self.open:
            order = ReprioritiseIncident(self.life.act("dispatcher"), emergency.incident_id, "P1", "nặng hơn")
            self.life.order(order, reprioritise_incident)

    def _position(self, callsign: str, emergency: Emergency) -> Position:
        return self.life.where.get(callsign, emergency.place)
