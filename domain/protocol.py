"""The question cards of a centre, every version of every one: a call keeps the card it began with."""

from typing import NamedTuple
from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.triage_errors import UnknownVersion, VersionTaken
from domain.values import Act

SHIPPED = "vigil"
"""Who wrote a card that came with the program."""


class Edition(NamedTuple):
    """One version of one card, as it was published.

    text, digest : the card as it was written, and its SHA-256
    origin       : SHIPPED, or the account that published it
    """

    version: int
    text: str
    digest: str
    origin: str
    act: Act


class Protocols(Aggregate):
    """All cards in one place: publishing is rare, and two who publish at once must see each other."""

    TOPIC = "Protocols"

    class Begun(Beginning):
        TOPIC = "Protocols.Begun"

    class Published(Fact):
        TOPIC = "Protocols.Published"
        protocol: str
        version: int
        text: str
        digest: str
        origin: str

    @event(Begun)
    def __init__(self, act: Act) -> None:
        self.editions: dict[str, tuple[Edition, ...]] = {}

    @staticmethod
    def create_id() -> UUID:
        return natural_id("protocols")

    def newest(self, protocol: str) -> Edition | None:
        editions = self.editions.get(protocol)
        return editions[-1] if editions else None

    def edition(self, protocol: str, version: int) -> Edition:
        """Raises UnknownVersion."""
        for edition in self.editions.get(protocol, ()):
            if edition.version == version:
                return edition
        raise UnknownVersion(protocol=protocol, version=version)

    def publish(self, protocol: str, version: int, text: str, digest: str, origin: str, act: Act) -> None:
        """The next version of a card. The newest one said again changes nothing.

        Raises VersionTaken unless it is the next: then two who edited the same card would not notice.
        """
        newest = self.newest(protocol)
        if newest is not None and (newest.version, newest.digest) == (version, digest):
            return
        following = 1 if newest is None else newest.version + 1
        if version != following:
            raise VersionTaken(protocol=protocol, version=version, next=following)
        self._published(protocol=protocol, version=version, text=text, digest=digest, origin=origin, act=act)

    @event(Published)
    def _published(self, protocol: str, version: int, text: str, digest: str, origin: str, act: Act) -> None:
        edition = Edition(version, text, digest, origin, act)
        self.editions = {**self.editions, protocol: (*self.editions.get(protocol, ()), edition)}
