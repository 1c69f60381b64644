"""Who gives an order, and under which id: here ids and times are born."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, Header

from api.accounts.guard import SignedIn
from api.accounts.roles import Account
from domain.base import natural_id
from domain.values import Act


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Hand:
    """The account that speaks, and the id the client gave to its order, if any."""

    account: Account
    key: UUID | None

    def act(
        self,
        *names: object,
        at: datetime | None = None,
        about: UUID | None = None,
        for_help: bool = False,
    ) -> Act:
        """The act of one order.

        names : what the order is about, in an order that the client chose ids for; together they stand
                for the order where no Idempotency-Key came, so that sending it twice is safe. Without
                names a fresh id is minted, and a retry is a new order.
        about : ties the acts of one emergency together
        for_help : no clock that runs ahead stands in the way; it happened when we hear of it, at the latest
        """
        heard_at = now()
        at = min(at, heard_at) if at and for_help else at
        command_id = self.key or (natural_id("commands", *names) if names else uuid4())
        return Act(at or heard_at, heard_at, self.account.username, command_id, about or command_id)


IdempotencyKey = Annotated[
    UUID | None, Header(alias="Idempotency-Key", description="Makes the order safe to send again")
]


async def the_hand(account: SignedIn, idempotency_key: IdempotencyKey = None) -> Hand:
    return Hand(account, idempotency_key)


TheHand = Annotated[Hand, Depends(the_hand)]


def machine_act(actor: str, *names: object) -> Act:
    """An act of the service itself: a promise that ran out, a city being set up.

    names : what it is about, where saying it twice must be one order
    """
    moment = now()
    command_id = natural_id("commands", *names) if names else uuid4()
    return Act(moment, moment, actor, command_id, command_id)
