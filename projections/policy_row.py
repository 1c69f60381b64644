"""By which policy units are chosen: one row a city, with what a supervisor said last."""

from domain.base import Fact
from domain.policy_book import PolicyBook
from projections.rows import Row, moment, plain


class PolicyRow:
    """`policies` holds what was said; of priorities that are not in it the rules of the city tell."""

    name = "policies"
    facts = (PolicyBook.Chosen,)

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (event.city_id,) if isinstance(event, PolicyBook.Chosen) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        if not isinstance(event, PolicyBook.Chosen):
            return row
        before = row["policies"] if row is not None else {}
        return {
            "id": key,
            "policies": {**before, **plain(event.policies)},
            "reason": event.reason,
            "by": event.act.actor,
            "since": moment(event.act.at),
            "seq": seq,
        }
