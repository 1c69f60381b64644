"""Time passes over the assignments: offers lapse and go on, checks are missed, cars come back, the automatic
dispatch counts down.

All of it is worked out from the rows as they stand, so a restart forgets nothing; all of it goes through the
orders everybody gives, so whoever was faster wins, and nothing is done twice.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from api.advice import advice_for
from api.alarms import Alarm
from api.centre import Centre
from api.distress_lines import distress_lines, offer_line
from api.hand import machine_act, now
from api.moving_crews import MovingCrews
from api.next_in_line import act_for, orders_for
from dispatch.handlers.assign_unit import AssignUnit
from dispatch.handlers.auto_dispatch import (
    ProposeDispatch,
    SendByItself,
    propose_dispatch,
    send_by_itself,
)
from dispatch.handlers.crew_alarms import MissCheck, miss_check
from dispatch.handlers.lapse_offer import LapseOffer, lapse_offer
from dispatch.handlers.pass_on_offer import PassOnOffer, pass_on_offer
from dispatch.handlers.withdraw_unit import ReturnUnit, return_unit
from dispatch.reactions.assignments import (
    due_dispatch,
    due_returns,
    lapsing,
    onward,
    to_propose,
)
from domain.base import natural_id
from domain.errors import Refused
from domain.run_course import ENDS
from domain.values import UnitKind
from projections.rows import Row

log = logging.getLogger("vigil.clockwork")

AUTO = "auto"
"""Who acts where nobody did."""
ASK_AGAIN = timedelta(seconds=10)
"""Where nobody could be proposed, so long passes before the roads are asked again."""


class AssignmentClock:
    """`turn` about once a second, from one thread at a time."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._asked: dict[str, datetime] = {}
        self._moving = MovingCrews(centre)

    def turn(self) -> None:
        moment = now()
        offers = self._movers, self._offers
        for part in (*offers, self._checks, self._cars, self._propose, self._send, self._lines):
            self._do(part, moment)

    def _do(self, part: Callable[[datetime], None], moment: datetime) -> None:
        """One part that cannot be done keeps no other from its turn."""
        try:
            part(moment)
        except Refused as refusal:
            log.warning("The clock could not carry out what was due: %s", refusal)

    # --- offers --------------------------------------------------------------------------------

    def _movers(self, moment: datetime) -> None:
        """Before offers lapse: who drives has answered."""
        self._moving.look(self._centre.views.rows("runs"), moment)

    def _offers(self, moment: datetime) -> None:
        centre = self._centre
        for run_id in lapsing(centre.views.rows("runs"), moment, centre.dress.reopening):
            centre.order(LapseOffer(machine_act("offers"), UUID(run_id)), lapse_offer)
        rules = centre.desk.rules.offers
        incidents = {row["id"]: row for row in centre.views.rows("incidents")}
        for each in onward(centre.views.rows("runs"), incidents, rules.most):
            incident = incidents.get(each.incident_id) or {"runs": []}
            command = PassOnOffer(
                act=act_for(each.incident_id, "pass_on", each.run_id),
                run_id=UUID(each.run_id),
                why=each.why,
                orders=orders_for(each, centre) if each.to_next else (),
                serving=_serving(incident),
            )
            centre.order(command, pass_on_offer)

    # --- crews and cars ------------------------------------------------------------------------

    def _checks(self, moment: datetime) -> None:
        centre = self._centre
        for row in centre.views.rows("runs"):
            check = centre.dress.check(row)
            if check is None or datetime.fromisoformat(check["red_at"]) > moment:
                continue
            alarm_id = natural_id("welfare", row["id"], check["since"])
            if centre.views.row("crew_alarms", str(alarm_id)) is None:
                act = machine_act("clock", "miss_check", alarm_id)
                centre.order(MissCheck(act, alarm_id, UUID(row["id"])), miss_check)

    def _cars(self, moment: datetime) -> None:
        for callsign in due_returns(self._centre.views.rows("units"), moment):
            self._centre.order(ReturnUnit(machine_act("clock"), callsign), return_unit)

    # --- automatic dispatch --------------------------------------------------------------------

    def _propose(self, moment: datetime) -> None:
        centre, rules = self._centre, self._centre.desk.rules.auto_dispatch
        for incident_id in to_propose(centre.views.rows("incidents"), rules, moment):
            if moment - self._asked.get(incident_id, moment - ASK_AGAIN) < ASK_AGAIN:
                continue
            self._asked[incident_id] = moment
            advice = advice_for(centre, UUID(incident_id))
            written = advice.written(centre.desk)
            callsigns = tuple(slot.unit.callsign for slot in advice.plan.slots if slot.unit is not None)
            if not advice.plan.complete or not callsigns:
                continue  # what is short a dispatcher decides
            centre.shown.remember(written)
            places = advice.hospitals.hospitals
            command = ProposeDispatch(
                act=replace(machine_act(AUTO), correlation_id=UUID(incident_id)),
                incident_id=UUID(incident_id),
                callsigns=callsigns,
                hospital_id=places[0].hospital_id if places else None,
                bed_kind=places[0].bed_kind if places else None,
                decision_id=written.decision_id,
            )
            centre.order(command, propose_dispatch)
        for incident_id, asked_at in list(self._asked.items()):
            if moment - asked_at > timedelta(seconds=rules.young_s):
                del self._asked[incident_id]

    def _send(self, moment: datetime) -> None:
        centre = self._centre
        for incident_id in due_dispatch(centre.views.rows("incidents"), moment):
            row = centre.row("incidents", incident_id)
            if row is None:
                continue
            orders = tuple(self._order(row, callsign) for callsign in row["auto_dispatch"]["callsigns"])
            act = replace(machine_act(AUTO), correlation_id=UUID(incident_id))
            bedless = tuple(replace(order, bed_kind=None) for order in orders)
            centre.order(SendByItself(act, UUID(incident_id), orders, bedless), send_by_itself)

    def _order(self, incident: Row, callsign: str) -> AssignUnit:
        """As a dispatcher's would be: by the advice that was proposed, or where that is forgotten by what is
        advised now."""
        centre, auto = self._centre, incident["auto_dispatch"]
        incident_id = UUID(incident["id"])
        advice = centre.shown.recall(UUID(auto["decision_id"]), incident_id)
        if advice is None:
            advice = advice_for(centre, incident_id).written(centre.desk)
        carries = (centre.views.row("units", callsign) or {}).get("kind") == UnitKind.VAN
        run_id = natural_id("auto_dispatch", incident["id"], auto["round"], callsign)
        act = replace(machine_act(AUTO, "assign_unit", run_id), correlation_id=incident_id)
        return AssignUnit(
            act=act,
            run_id=run_id,
            incident_id=incident_id,
            unit=callsign,
            hospital_id=auto["hospital_id"] if carries else None,
            bed_kind=auto["bed_kind"] if carries else None,
            decision_id=advice.decision_id,
            override_reason=None,
            advice=advice.letters(),
            eta_s=advice.eta_of(callsign),
        )

    # --- what every desk must see --------------------------------------------------------------

    def _lines(self, moment: datetime) -> None:
        centre = self._centre
        lines: dict[str, Alarm | None] = dict(distress_lines(centre.views.rows("crew_alarms")))
        lines["offers"] = offer_line(centre.views.rows("incidents"), centre.views)
        for code, line in lines.items():
            centre.alarms.show_desks(code, line)


def _serving(incident: Row) -> tuple[UUID, ...]:
    return tuple(UUID(run["run_id"]) for run in incident["runs"] if run["status"] not in ENDS)
