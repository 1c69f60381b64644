"""What goes on around the emergencies of a made-up life: beds, shifts, streets under water."""

from datetime import timedelta
from functools import partial

from api.bench.history.life import Life
from dispatch.handlers.change_roads import (
    CloseStreet,
    ReportSpeeds,
    SlowStreet,
    close_street,
    report_speeds,
    slow_street,
)
from dispatch.handlers.divert_hospital import StartDiversion, start_diversion
from dispatch.handlers.expire_promises import ExpirePromises, expire_promises
from dispatch.handlers.expire_traffic import ExpireTraffic, expire_traffic
from dispatch.handlers.report_beds import ReportBeds, report_beds
from dispatch.handlers.sign_unit import SignUnit, sign_unit
from domain.city import HospitalFacts, UnitFacts
from domain.traffic import Closure, Slowing, SpeedReport, Stretch
from domain.values import BedCount, Duty

HOUR = 3600.0


class Surroundings:
    def __init__(self, life: Life) -> None:
        self.life = life
        for hospital in life.city.hospitals:
            life.soon(life.chance.uniform(0, 8 * HOUR), partial(self._count, hospital))
            life.soon(life.chance.uniform(0, 20 * 24 * HOUR), partial(self._divert, hospital))
        for unit in life.city.units:
            life.soon(life.chance.uniform(0, 12 * HOUR), partial(self._change_shift, unit))
        life.soon(HOUR, self._flood)
        life.soon(HOUR, self._measure)
        life.soon(60, self._expire)

    def _count(self, hospital: HospitalFacts) -> None:
        life = self.life
        life.soon(8 * HOUR * life.chance.uniform(0.9, 1.1), partial(self._count, hospital))
        beds: dict[str, BedCount] = {
            kind: BedCount(facts.staffed, int(facts.staffed * life.chance.uniform(0.6, 0.97)))
            for kind, facts in hospital.beds.items()
        }
        life.order(ReportBeds(life.act(f"hospital_{hospital.id}"), hospital.id, beds), report_beds)

    def _divert(self, hospital: HospitalFacts) -> None:
        life = self.life
        life.soon(20 * 24 * HOUR * life.chance.uniform(0.5, 1.5), partial(self._divert, hospital))
        until = life.now + timedelta(hours=life.chance.uniform(1, 4))
        order = StartDiversion(life.act(f"hospital_{hospital.id}"), hospital.id, "quá tải", (), until)
        life.order(order, start_diversion)

    def _change_shift(self, unit: UnitFacts) -> None:
        life = self.life
        standing = life.units[unit.callsign]
        if standing.run_id is not None:
            life.soon(HOUR / 2, partial(self._change_shift, unit))
            return
        off = standing.duty == Duty.ON_DUTY
        life.soon(HOUR / 6 if off else 12 * HOUR, partial(self._change_shift, unit))
        duty, reason = (Duty.OFF_DUTY, "hết ca") if off else (Duty.ON_DUTY, None)
        life.order(SignUnit(life.act(unit.callsign), unit.callsign, duty, reason), sign_unit)

    def _flood(self) -> None:
        life = self.life
        life.soon(life.about(HOUR), self._flood)
        until = life.now + timedelta(hours=life.chance.uniform(1, 6))
        if life.happens(0.5):
            closure = Closure(life.mint(), self._street(), "ngập nặng", until=until)
            life.order(CloseStreet(life.act("dispatcher"), life.city.id, closure), close_street)
        else:
            slowing = Slowing(life.mint(), self._street(), 0.5, "kẹt xe", until)
            life.order(SlowStreet(life.act("dispatcher"), life.city.id, slowing), slow_street)

    def _measure(self) -> None:
        life = self.life
        life.soon(HOUR / 4, self._measure)
        reports = tuple(
            SpeedReport(self._street(), round(life.chance.uniform(4, 40), 1), life.now) for _ in range(10)
        )
        life.order(ReportSpeeds(life.act("sensors"), life.city.id, reports), report_speeds)

    def _expire(self) -> None:
        """What the clockwork of a centre does each minute."""
        life = self.life
        life.soon(60, self._expire)
        roads = life.log.roads(life.city.id)
        ends = [each.until for each in roads.traffic.closures] if roads else []
        ends += [each.until for each in roads.traffic.slowings] if roads else []
        if any(until is not None and until <= life.now for until in ends):
            life.order(ExpireTraffic(life.act("clock"), life.city.id), expire_traffic)
        for facts in life.city.hospitals:
            hospital = life.hospitals[facts.id]
            kinds = tuple(
                ledger.kind
                for ledger in life.ledgers[facts.id]
                if any(hold.until <= life.now for hold in ledger.holds.values())
            )
            if kinds or (hospital.diverting_until is not None and hospital.diverting_until <= life.now):
                life.order(ExpirePromises(life.act("clock"), facts.id, kinds), expire_promises)

    def _street(self) -> Stretch:
        place = self.life.near()
        return Stretch("line", ((place.lat, place.lon), (round(place.lat + 0.002, 6), place.lon)))
