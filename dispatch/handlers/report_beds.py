"""A hospital counts its beds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.errors import CountsMoved
from domain.run import refuse_the_future
from domain.values import Act, BedCount, ReadBeds


@dataclass(frozen=True, slots=True)
class ReportBeds:
    """read : what stood before the eyes of whoever counted, of each kind that says it"""

    act: Act
    hospital_id: str
    beds: Mapping[str, BedCount]
    read: Mapping[str, ReadBeds] = field(default_factory=dict)


def report_beds(command: ReportBeds, desk: Desk) -> Outcome:
    """All kinds of one report or none: a wrong number changes nothing, nor does one over old figures."""
    act = command.act
    refuse_the_future(act.at, act.heard_at)
    hospital = desk.log.hospital(command.hospital_id)
    ledgers = [(desk.log.ledger(hospital, kind), count) for kind, count in sorted(command.beds.items())]
    moved = [
        ledger
        for ledger, count in ledgers
        if ledger.kind in command.read and ledger.moved_since(command.read[ledger.kind], count, act)
    ]
    if moved:
        raise CountsMoved(kind=", ".join(ledger.kind for ledger in moved))
    for ledger, count in ledgers:
        ledger.report(count, act)
    free = {ledger.kind: ledger.free for ledger, _ in ledgers}
    answer = {"hospital_id": hospital.hospital_id, "free": free}
    return Outcome(tuple(ledger for ledger, _ in ledgers), answer)
