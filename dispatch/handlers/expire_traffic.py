"""Time passes: a closure or a slowed stretch that was said until now has ended."""

from dataclasses import dataclass

from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ExpireTraffic:
    act: Act
    city_id: str


def expire_traffic(command: ExpireTraffic, desk: Desk) -> Outcome:
    roads = desk.log.roads(command.city_id)
    if roads is None:
        return Outcome((), {"change": 0})
    roads.expire(command.act)
    return Outcome((roads,), {"change": roads.traffic.version})
