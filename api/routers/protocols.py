"""The question cards: what is asked, in which version, and how a card is edited."""

from fastapi import APIRouter

from api.accounts.guard import SignedIn
from api.cards import listed, whole
from api.dependencies import Supervisor, TheCentre
from api.hand import TheHand
from api.room import Room
from api.schema.answers import ProtocolRow
from api.schema.triage import CardRow, NewVersion, Published
from dispatch.cards import Cards
from dispatch.handlers.publish_protocol import PublishProtocol, publish_protocol

router: APIRouter = Room(prefix="/protocols", tags=["protocols"])


@router.get("")
def protocols(_: SignedIn, centre: TheCentre) -> list[ProtocolRow]:
    """The newest version of each card; those that begin a call first."""
    return [listed(card) for card in centre.desk.cards.all()]


@router.get("/{protocol}")
def one_protocol(protocol: str, _: SignedIn, centre: TheCentre, version: int | None = None) -> CardRow:
    """One card as it is written, the newest or the one a former call used."""
    cards: Cards = centre.desk.cards
    return whole(cards.newest(protocol) if version is None else cards.version(protocol, version), cards)


@router.post("/{protocol}/versions", status_code=201)
def publish(protocol: str, body: NewVersion, hand: TheHand, _: Supervisor, centre: TheCentre) -> Published:
    """Edit a card, or write a new one. Calls that begin from now on use it; others keep theirs."""
    command = PublishProtocol(hand.act(), protocol, body.text)
    return Published(**centre.order(command, publish_protocol))
