"""A transfer takes a patient from one hospital to another; approved, it becomes an incident like any other.

In peacetime the receiving hospital says yes; in wartime (a mass casualty, an epidemic) the coordinator does,
for the whole city.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.care_errors import SameHospital, TransferSettled
from domain.values import Act

PEACETIME, WARTIME = "peacetime", "wartime"
MODES = (PEACETIME, WARTIME)


class Transfer(Aggregate):
    TOPIC = "Transfer"

    class Requested(Beginning):
        TOPIC = "Transfer.Requested"
        transfer_id: UUID
        from_hospital_id: str
        to_hospital_id: str
        bed_kind: str
        priority: str
        phone: str
        packet: dict[str, Any]
        not_before: datetime | None

    class Approved(Fact):
        """`mode` and `voice` tell who had the say then: the hospital, or the coordinator."""

        TOPIC = "Transfer.Approved"
        from_hospital_id: str
        to_hospital_id: str
        mode: str
        voice: str

    class Rejected(Fact):
        TOPIC = "Transfer.Rejected"
        from_hospital_id: str
        to_hospital_id: str
        mode: str
        voice: str
        reason: str

    class Cancelled(Fact):
        TOPIC = "Transfer.Cancelled"
        from_hospital_id: str
        to_hospital_id: str
        reason: str

    class Begun(Fact):
        """From here on it is an incident, with runs like any other."""

        TOPIC = "Transfer.Begun"
        from_hospital_id: str
        to_hospital_id: str
        incident_id: UUID
        incident_number: int

    @event(Requested)
    def __init__(
        self,
        transfer_id: UUID,
        from_hospital_id: str,
        to_hospital_id: str,
        bed_kind: str,
        priority: str,
        phone: str,
        packet: dict[str, Any],
        not_before: datetime | None,
        act: Act,
    ) -> None:
        self.from_hospital_id = from_hospital_id
        self.to_hospital_id = to_hospital_id
        self.bed_kind = bed_kind
        self.priority = priority
        self.phone = phone
        self.packet = packet
        self.not_before = not_before
        self.state = "requested"
        self.incident_id: UUID | None = None

    @staticmethod
    def create_id(transfer_id: UUID) -> UUID:
        return transfer_id

    def approve(self, mode: str, voice: str, act: Act) -> None:
        self._insist_on("requested")
        self._approved(**self._ends(), mode=mode, voice=voice, act=act)

    def reject(self, mode: str, voice: str, reason: str, act: Act) -> None:
        self._insist_on("requested")
        self._rejected(**self._ends(), mode=mode, voice=voice, reason=reason, act=act)

    def cancel(self, reason: str, act: Act) -> None:
        self._insist_on("requested", "approved")
        self._cancelled(**self._ends(), reason=reason, act=act)

    def begin(self, incident_id: UUID, incident_number: int, act: Act) -> None:
        self._insist_on("approved")
        self._begun(**self._ends(), incident_id=incident_id, incident_number=incident_number, act=act)

    def _insist_on(self, *states: str) -> None:
        if self.state not in states:
            raise TransferSettled(state=self.state, incident_id=self.incident_id)

    def _ends(self) -> dict[str, str]:
        return {"from_hospital_id": self.from_hospital_id, "to_hospital_id": self.to_hospital_id}

    @event(Approved)
    def _approved(self, from_hospital_id: str, to_hospital_id: str, mode: str, voice: str, act: Act) -> None:
        self.state = "approved"

    @event(Rejected)
    def _rejected(
        self, from_hospital_id: str, to_hospital_id: str, mode: str, voice: str, reason: str, act: Act
    ) -> None:
        self.state = "rejected"

    @event(Cancelled)
    def _cancelled(self, from_hospital_id: str, to_hospital_id: str, reason: str, act: Act) -> None:
        self.state = "cancelled"

    @event(Begun)
    def _begun(
        self, from_hospital_id: str, to_hospital_id: str, incident_id: UUID, incident_number: int, act: Act
    ) -> None:
        self.state = "begun"
        self.incident_id = incident_id


def refuse_a_circle(from_hospital_id: str, to_hospital_id: str, name: str) -> None:
    if from_hospital_id == to_hospital_id:
        raise SameHospital(hospital=name)


class TransferMode(Aggregate):
    """Who has the say in transfers, for the whole city, and how that changed."""

    TOPIC = "TransferMode"

    class Begun(Beginning):
        TOPIC = "TransferMode.Begun"
        city_id: str

    class Switched(Fact):
        TOPIC = "TransferMode.Switched"
        city_id: str
        mode: str
        was: str
        reason: str

    @event(Begun)
    def __init__(self, city_id: str, act: Act) -> None:
        self.city_id = city_id
        self.mode = PEACETIME
        self.history: list[dict[str, Any]] = []

    @staticmethod
    def create_id(city_id: str) -> UUID:
        return natural_id("transfer-mode", city_id)

    def switch(self, mode: str, reason: str, act: Act) -> None:
        if mode != self.mode:
            self._switched(city_id=self.city_id, mode=mode, was=self.mode, reason=reason, act=act)

    @event(Switched)
    def _switched(self, city_id: str, mode: str, was: str, reason: str, act: Act) -> None:
        self.mode = mode
        self.history.append(
            {"mode": mode, "was": was, "reason": reason, "at": act.at.isoformat(), "by": act.actor}
        )
