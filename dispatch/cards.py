"""The question cards on a desk: as the log has them published, and read once."""

from collections.abc import Mapping

from dispatch.application import DispatchLog
from dispatch.policies.triage import Determinant, Protocol
from dispatch.protocol_file import parse_protocol, shipped_cards
from domain.call import Call
from domain.errors import UnknownProtocol
from domain.protocol import Edition, Protocols
from domain.triage_errors import UnknownVersion


class Cards:
    """What was published counts; where a card never was, the one that lies ready (`shipped`) does.

    One picture of the log: made anew for each order, so that a card published a moment ago is used.
    """

    def __init__(self, log: DispatchLog, shipped: Mapping[str, Protocol]) -> None:
        self._published: Protocols | None = log.protocols()
        self._shipped = shipped

    def newest(self, protocol: str) -> Protocol:
        """Raises UnknownProtocol."""
        edition = self._published.newest(protocol) if self._published is not None else None
        if edition is not None:
            return _card(protocol, edition)
        if protocol in self._shipped:
            return self._shipped[protocol]
        raise UnknownProtocol(protocol=protocol[:60])

    def version(self, protocol: str, version: int) -> Protocol:
        """A card as it was then. Raises UnknownProtocol, UnknownVersion."""
        newest = self.newest(protocol)
        if newest.version == version:
            return newest
        if self._published is not None and protocol in self._published.editions:
            return _card(protocol, self._published.edition(protocol, version))
        for shipped in shipped_cards():
            if (shipped.card.id, shipped.card.version) == (protocol, version):
                return shipped.card
        raise UnknownVersion(protocol=protocol, version=version)

    def of_call(self, call: Call, protocol: str) -> Protocol:
        """The version the call began this card with, else the newest. Raises UnknownProtocol."""
        begun = call.triages.get(protocol)
        return self.newest(protocol) if begun is None else self.version(protocol, begun.version)

    def editions(self, protocol: str) -> tuple[Edition, ...]:
        """All versions that were published, the first one first."""
        return self._published.editions.get(protocol, ()) if self._published is not None else ()

    def all(self) -> list[Protocol]:
        """The newest of each: those that begin a call first, then by id."""
        published = self._published.editions if self._published is not None else {}
        cards = [self.newest(protocol) for protocol in {*published, *self._shipped}]
        return sorted(cards, key=lambda card: (card.kind != "entry", card.kind, card.id))

    def determinant(self, code: str | None, call: Call | None = None) -> Determinant | None:
        """What a code means: on the card the call was triaged by, else on any."""
        if code is None:
            return None
        for triage in reversed(list(call.triages.values()) if call is not None else []):
            found = self.version(triage.protocol, triage.version).determinants.get(code)
            if found is not None:
                return found
        return next(
            (card.determinants[code] for card in self.all() if code in card.determinants),
            None,
        )


def _card(protocol: str, edition: Edition) -> Protocol:
    return parse_protocol(edition.text, f"{protocol} {edition.version}")
