"""The fleet and the hospitals of a made-up life, as whoever advises looks at them."""

from datetime import timedelta

from api.bench.history.life import Life
from dispatch.policies.destination import BedsNow, HospitalNow
from dispatch.policies.send import UnitNow
from domain.city import HospitalFacts, UnitFacts


class MadeUpPicture:
    """Satisfies `dispatch.advise.LivePicture`, from the things themselves: a made-up life has no views."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def units_now(self) -> list[UnitNow]:
        return [self._unit(facts) for facts in self._life.city.units]

    def hospitals_now(self) -> list[HospitalNow]:
        return [self._hospital(facts) for facts in self._life.city.hospitals]

    def _unit(self, facts: UnitFacts) -> UnitNow:
        unit = self._life.units[facts.callsign]
        return UnitNow(
            unit_id=str(unit.id),
            callsign=unit.callsign,
            kind=facts.kind.value,
            capabilities=unit.capabilities,
            duty=unit.duty,
            incident_number=unit.incident_number,
            position=self._life.where[unit.callsign],
            position_at=self._life.now - timedelta(seconds=3),
        )

    def _hospital(self, facts: HospitalFacts) -> HospitalNow:
        hospital = self._life.hospitals[facts.id]
        return HospitalNow(
            hospital_id=hospital.hospital_id,
            name=hospital.name,
            position=hospital.position,
            specialities=hospital.specialities,
            beds={
                ledger.kind: BedsNow(ledger.free, ledger.counted_at)
                for ledger in self._life.ledgers[facts.id]
            },
            diverting_until=hospital.diverting_until,
            diverted_services=(),
        )
