"""A city's units and hospitals enter the log once; said again, nothing happens."""

from dataclasses import dataclass

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.protocol_file import digest_of, shipped_cards
from domain.base import Aggregate
from domain.bed_ledger import BedLedger
from domain.city import City
from domain.hospital import Hospital
from domain.protocol import SHIPPED, Protocols
from domain.unit import Unit
from domain.values import Act


@dataclass(frozen=True, slots=True)
class SetUpCity:
    act: Act
    city: City


def set_up_city(command: SetUpCity, desk: Desk) -> Outcome:
    """What the log already knows is left as it is: facts change by commands, not by editing a file."""
    city, act, log = command.city, command.act, desk.log
    new: list[Aggregate] = []
    for unit in city.units:
        if log.find(Unit, Unit.create_id(unit.callsign)) is None:
            new.append(
                Unit(
                    callsign=unit.callsign,
                    kind=str(unit.kind),
                    capabilities=tuple(unit.capabilities),
                    station_id=unit.station,
                    act=act,
                )
            )
    for hospital in city.hospitals:
        known = log.find(Hospital, Hospital.create_id(hospital.id))
        listed = known or Hospital(
            hospital_id=hospital.id,
            code=hospital.code,
            name=hospital.name,
            name_en=hospital.name_en,
            position=hospital.position,
            specialities=tuple(hospital.specialities),
            act=act,
        )
        if listed.hours is None and hospital.hours:  # once anybody has said them, theirs count
            listed.keep_hours(hospital.hours, hospital.hours_assumed, act)
        if listed.pending_events:
            new.append(listed)
        for kind, beds in hospital.beds.items():
            if log.find(BedLedger, BedLedger.create_id(hospital.id, kind)) is None:
                new.append(BedLedger(hospital_id=hospital.id, kind=str(kind), staffed=beds.staffed, act=act))
    cards = _newest_cards(command, desk)
    new += [cards] if cards is not None else []
    return Outcome(tuple(new), {"city": city.id, "new": len(new)})


def _newest_cards(command: SetUpCity, desk: Desk) -> Protocols | None:
    """The cards that came with this version of Vigil and are not in the log; None where all are.

    A card that the city has edited is the city's: what Vigil ships after that lies unused.
    """
    published = desk.log.protocols()
    cards = published or Protocols(act=command.act)
    before = dict(cards.editions)
    for shipped in shipped_cards():
        card, newest = shipped.card, cards.newest(shipped.card.id)
        if newest is None or (newest.origin == SHIPPED and newest.version < card.version):
            digest = digest_of(shipped.text)
            cards.publish(card.id, card.version, shipped.text, digest, SHIPPED, command.act)
    return None if published is not None and cards.editions == before else cards
