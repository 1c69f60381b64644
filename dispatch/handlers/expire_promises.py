"""Time passes: held beds nobody came for are free again, diversions end by themselves."""

from dataclasses import dataclass

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.base import Aggregate
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ExpirePromises:
    """For one hospital; `bed_kinds` names the ledgers whose holds are due."""

    act: Act
    hospital_id: str
    bed_kinds: tuple[str, ...]


def expire_promises(command: ExpirePromises, desk: Desk) -> Outcome:
    hospital = desk.log.hospital(command.hospital_id)
    hospital.expire_diversion(command.act)
    changed: list[Aggregate] = [hospital]
    for kind in command.bed_kinds:
        ledger = desk.log.ledger(hospital, kind)
        ledger.expire(command.act)
        changed.append(ledger)
    return Outcome(tuple(changed), {"hospital_id": hospital.hospital_id})
