"""A card is edited: new calls use the new version, calls that began with the old one keep it."""

from dataclasses import dataclass

from dispatch.card_fault import CardFault
from dispatch.commands import Outcome
from dispatch.desk import Desk
from dispatch.policies.card_laws import orders_broken
from dispatch.protocol_file import ProtocolError, digest_of, parse_protocol
from domain.protocol import Protocols
from domain.triage_errors import BadCard, OtherCard
from domain.values import Act


@dataclass(frozen=True, slots=True)
class PublishProtocol:
    """text : the whole card, in TOML"""

    act: Act
    protocol: str
    text: str


def publish_protocol(command: PublishProtocol, desk: Desk) -> Outcome:
    """Raises BadCard with the place of the fault, OtherCard, VersionTaken; then nothing changed."""
    try:
        card = parse_protocol(command.text, f"{command.protocol[:60]}.toml")
        for fault in orders_broken(card):
            raise ProtocolError(card.id, CardFault(*fault))
    except ProtocolError as refused:
        raise BadCard(fault_en=refused.fault.en, fault_vi=refused.fault.vi) from None
    if card.id != command.protocol:
        raise OtherCard(said=card.id, protocol=command.protocol[:60])
    cards = desk.log.protocols() or Protocols(act=command.act)
    digest = digest_of(command.text)
    cards.publish(card.id, card.version, command.text, digest, command.act.actor, command.act)
    answer = {
        "protocol": card.id,
        "version": card.version,
        "digest": digest,
        "signed_off": card.signed_off,
    }
    return Outcome((cards,), answer)
