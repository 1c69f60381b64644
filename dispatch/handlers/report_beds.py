"""A hospital counts its beds."""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.run import refuse_the_future
from domain.values import Act, BedCount


@dataclass(frozen=True, slots=True)
class ReportBeds:
    act: Act
    hospital_id: str
    beds: Mapping[str, BedCount]


def report_beds(command: ReportBeds, desk: Desk) -> Outcome:
    """All kinds of one report or none: a wrong number changes nothing."""
    refuse_the_future(command.act.at, command.act.heard_at)
    hospital = desk.log.hospital(command.hospital_id)
    ledgers = [(desk.log.ledger(hospital, kind), count) for kind, count in sorted(command.beds.items())]
    for ledger, count in ledgers:
        ledger.report(count, command.act)
    free = {ledger.kind: ledger.free for ledger, _ in ledgers}
    answer = {"hospital_id": hospital.hospital_id, "free": free}
    return Outcome(tuple(ledger for ledger, _ in ledgers), answer)
