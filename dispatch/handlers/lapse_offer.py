"""Nobody answered in time: the order is withdrawn, the unit free, and the incident waits again."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.handlers.report_milestone import end_run
from dispatch.offering import standing_offer
from domain.values import Act, Milestone


@dataclass(frozen=True, slots=True)
class LapseOffer:
    act: Act
    run_id: UUID


def lapse_offer(command: LapseOffer, desk: Desk) -> Outcome:
    """Where an answer was faster it stands, and nothing happens."""
    run = desk.log.run(command.run_id)
    offer = standing_offer(run, desk)
    if offer is None or run.milestone != Milestone.ASSIGNED or not offer.is_due(command.act.heard_at):
        return Outcome((), {"run_id": str(run.id), "lapsed": False})
    offer.lapse(command.act)
    run.progress(Milestone.STOOD_DOWN, None, None, command.act)
    ended = end_run(run, Milestone.STOOD_DOWN, command.act, desk)
    return Outcome((offer, run, *ended), {"run_id": str(run.id), "lapsed": True})
