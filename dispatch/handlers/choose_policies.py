"""A supervisor says by which policy units are chosen from now on."""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch import checks
from dispatch.commands import Outcome
from dispatch.desk import Desk
from domain.policy_book import PolicyBook
from domain.run import refuse_the_future
from domain.values import Act


@dataclass(frozen=True, slots=True)
class ChoosePolicies:
    """policies : by priority; those that are not named stay"""

    act: Act
    city_id: str
    policies: Mapping[str, str]
    reason: str


def choose_policies(command: ChoosePolicies, desk: Desk) -> Outcome:
    refuse_the_future(command.act.at, command.act.heard_at)
    said = {checks.priority(priority): name for priority, name in sorted(command.policies.items())}
    reason = checks.words("reason", command.reason, 500)
    book = desk.log.find(PolicyBook, PolicyBook.create_id(command.city_id)) or PolicyBook(
        city_id=command.city_id, act=command.act
    )
    book.choose(said, reason, command.act)
    return Outcome((book,), {"policies": dict(book.chosen)})
