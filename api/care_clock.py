"""What time does to the care between scene and ward: hospitals do not answer, transfers may leave."""

import logging
from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta
from uuid import UUID

from api.alarms import Alarm
from api.centre import Centre
from api.hand import machine_act, now
from api.next_hospital import next_hospital
from dispatch.handlers.answer_referral import GiveUpReferral, give_up_referral
from dispatch.handlers.transfers import BeginTransfer, begin_transfer
from domain.base import natural_id
from domain.errors import Refused
from projections.rows import Row

log = logging.getLogger("vigil.care_clock")

OPEN = ("unanswered", "redirect")


class CareClock:
    """Turned once a second, by one thread."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._shown: dict[str, str] = {}

    def turn(self) -> None:
        moment = now()
        rows = [row for row in self._centre.views.rows("referrals") if row["closed_at"] is None]
        for row in rows:
            if row["state"] == "asked" and self._answer_due(row) <= moment:
                self._give_up(row)
        self._show(rows)
        for row in self._centre.views.rows("transfers"):
            if row["state"] == "approved" and self._may_leave(row, moment):
                self._begin(row)

    def _answer_due(self, row: Row) -> datetime:
        asked_at, answer_by = map(datetime.fromisoformat, (row["asked_at"], row["answer_by"]))
        return self._centre.dress.reopening.due(asked_at, answer_by)

    def _give_up(self, row: Row) -> None:
        """One order for one question: looked at twice before the view has it, it is carried out once."""
        act = machine_act("clock", "give_up_referral", row["id"], row["hospital_id"], row["asked_at"])
        proposed = next_hospital(self._centre, row["id"])
        self._order(GiveUpReferral(act, UUID(row["id"]), proposed), give_up_referral)

    def _may_leave(self, row: Row, moment: datetime) -> bool:
        lead = timedelta(seconds=self._centre.desk.rules.transfers.lead_s)
        return row["not_before"] is None or datetime.fromisoformat(row["not_before"]) - lead <= moment

    def _begin(self, row: Row) -> None:
        names = [natural_id(kind, "of-transfer", row["id"]) for kind in ("calls", "incidents")]
        act = machine_act("clock", "begin_transfer", row["id"])
        self._order(BeginTransfer(act, UUID(row["id"]), *names), begin_transfer)

    def _order(self, command: GiveUpReferral | BeginTransfer, handler: object) -> None:
        try:
            self._centre.order(command, handler)  # type: ignore[arg-type]
        except Refused as refusal:
            log.warning("%s could not be carried out: %s", type(command).__name__, refusal)

    # --- the duty officer's lines ---------------------------------------------------------------

    def _show(self, rows: list[Row]) -> None:
        """A line before the desks for each run whose hospital did not answer or sent it on, until it is bound
        elsewhere, the hospital says yes after all, or the run is over."""
        still_open = [row for row in rows if row["state"] in OPEN]
        at_hand = self._centre.accounts.hospitals_at_hand() if still_open else frozenset()
        wanted = {f"acceptance-{row['id']}": row for row in worth_a_line(still_open, at_hand)}
        for code in self._shown.keys() - wanted.keys():
            self._centre.alarms.show_desks(code, None)
            del self._shown[code]
        for code, row in wanted.items():
            state = f"{row['state']} {row['proposed_hospital_id']} {row['hospital_id']}"
            if self._shown.get(code) != state:
                self._centre.alarms.show_desks(code, Alarm(code, self._words(row), _since(row)))
                self._shown[code] = state

    def _words(self, row: Row) -> Mapping[str, str]:
        proposed = row["proposed_hospital_id"]
        gaps = {"callsign": row["callsign"], "number": row["incident_number"], "reason": row["reason"]}
        told = {}
        for language, said in (TOLD_ON if row["state"] == "redirect" else TOLD_NOTHING).items():
            after = (NEXT_ONE if proposed else NO_NEXT)[language]
            hospital, following = (
                self._name(each, language) for each in (row["hospital_id"], proposed or "")
            )
            told[language] = (said + after).format(**gaps, hospital=hospital, proposed=following)
        return told

    def _name(self, hospital_id: str, language: str) -> str:
        row = self._centre.views.row("hospitals", hospital_id) or {}
        return str(row.get("name_en" if language == "en" else "name") or hospital_id)


def worth_a_line(still_open: Iterable[Row], at_hand: Set[str]) -> list[Row]:
    """Where nobody can sign in for a hospital its silence says nothing, and a line for every patient brought
    there would bury the others.

    at_hand : the hospitals that can answer
    """
    return [row for row in still_open if row["state"] == "redirect" or row["hospital_id"] in at_hand]


def _since(row: Row) -> datetime:
    return datetime.fromisoformat(row["answered_at"] or row["answer_by"])


TOLD_NOTHING = {
    "vi": "{hospital} chưa trả lời có nhận bệnh nhân của {callsign} (vụ #{number}) không: báo trực chỉ huy.",
    "en": "{hospital} has not said whether it takes {callsign}'s patient (#{number}): for the duty officer.",
}
TOLD_ON = {
    "vi": "{hospital} đề nghị chuyển bệnh nhân của {callsign} (vụ #{number}) đi nơi khác: {reason}.",
    "en": "{hospital} asks that {callsign}'s patient (#{number}) go elsewhere: {reason}.",
}
NEXT_ONE = {"vi": " Đề xuất tiếp: {proposed}.", "en": " Proposed next: {proposed}."}
NO_NEXT = {"vi": " Không còn nơi nào khác phù hợp.", "en": " No other hospital would do."}
