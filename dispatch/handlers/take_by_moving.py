"""Nobody pressed anything, but the crew drives to the scene: the order is taken."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.offering import standing_offer
from domain.run import refuse_the_future
from domain.values import Act, Milestone, Position


@dataclass(frozen=True, slots=True)
class TakeByMoving:
    """act.at : of the first position that showed it; position : of the last
    moved_m : from where it stood when it was asked; nearer_s : how much less is left to drive
    """

    act: Act
    run_id: UUID
    position: Position
    moved_m: float
    nearer_s: float


def take_by_moving(command: TakeByMoving, desk: Desk) -> Outcome:
    """Where somebody answered meanwhile, or the offer lapsed, that stands and nothing happens."""
    act = command.act
    refuse_the_future(act.at, act.heard_at)
    run = desk.log.run(command.run_id)
    offer = standing_offer(run, desk)
    taken = offer is not None and offer.is_open and run.milestone == Milestone.ASSIGNED
    answer = {"run_id": str(run.id), "taken": taken}
    if offer is None or not taken:
        return Outcome((), answer)
    offer.seen_under_way(command.position, command.moved_m, command.nearer_s, act)
    run.progress(Milestone.ACCEPTED, command.position, None, act)
    return Outcome((run, offer), answer)
