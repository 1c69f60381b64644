"""One consumer group: who is in it, in which generation, and how a new one comes about."""

import asyncio
import time
from dataclasses import dataclass, field
from enum import StrEnum

from tests.servers.minikafka.codes import Error

NOBODY = ""


class Phase(StrEnum):
    """The names are Kafka's; `DescribeGroups` tells them."""

    EMPTY = "Empty"
    JOINING = "PreparingRebalance"
    SHARING_OUT = "CompletingRebalance"
    STABLE = "Stable"


@dataclass(frozen=True)
class Joined:
    """The answer to somebody who joins. Only the leader hears of all members: (id, instance, metadata)."""

    error: Error
    member: str
    generation: int = -1
    protocol: str = NOBODY
    leader: str = NOBODY
    members: tuple[tuple[str, str | None, bytes], ...] = ()


@dataclass
class Member:
    id: str
    client: str
    instance: str | None
    protocols: list[tuple[str, bytes]] = field(default_factory=list)
    session_s: float = 10.0
    rebalance_s: float = 60.0
    assignment: bytes = b""
    seen: float = field(default_factory=time.monotonic)
    joining: asyncio.Future[Joined] | None = None
    syncing: asyncio.Future[tuple[Error, bytes]] | None = None

    def answer_join(self, answer: Joined) -> None:
        waiting, self.joining = self.joining, None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def answer_sync(self, error: Error, assignment: bytes = b"") -> None:
        waiting, self.syncing = self.syncing, None
        if waiting is not None and not waiting.done():
            waiting.set_result((error, assignment))

    def metadata(self, protocol: str) -> bytes:
        return dict(self.protocols)[protocol]


class Group:
    def __init__(self, name: str) -> None:
        self.name, self.phase, self.generation = name, Phase.EMPTY, 0
        self.members: dict[str, Member] = {}
        self.expected: dict[str, float] = {}  # ids handed out but not used yet, and until when
        self.leader, self.protocol, self.protocol_type = NOBODY, NOBODY, ""
        self.offsets: dict[tuple[str, int], tuple[int, str]] = {}
        self.rebalances = 0
        self._until = 0.0

    def instance(self, name: str | None) -> Member | None:
        """The static member of that name."""
        return next((m for m in self.members.values() if name and m.instance == name), None)

    def check(self, member_id: str, generation: int) -> tuple[Member | None, Error]:
        """Who speaks, if of this generation."""
        member = self.members.get(member_id)
        if member is None:
            return None, Error.UNKNOWN_MEMBER_ID
        if generation != self.generation:
            return None, Error.ILLEGAL_GENERATION
        return member, Error.NONE

    def gather(self) -> None:
        """Everybody must join again."""
        if self.phase is Phase.JOINING:
            return
        if self.phase is Phase.SHARING_OUT:
            for member in self.members.values():
                member.answer_sync(Error.REBALANCE_IN_PROGRESS)
        self.phase = Phase.JOINING
        self._until = time.monotonic() + max((m.rebalance_s for m in self.members.values()), default=1.0)
        self.rebalances += 1

    def settle(self) -> None:
        """Begin the next generation once all have joined, or those who did not have had their time."""
        now = time.monotonic()
        self.expected = {each: until for each, until in self.expected.items() if until > now}
        if self.phase is not Phase.JOINING:
            return
        here = all(member.joining for member in self.members.values()) and not self.expected
        if not here and now < self._until:
            return
        for late in [m.id for m in self.members.values() if m.joining is None]:
            self.remove(late)
        self.expected.clear()
        self.generation += 1
        if not self.members:
            self.phase, self.leader = Phase.EMPTY, NOBODY
            return
        self.phase = Phase.SHARING_OUT
        if self.leader not in self.members:
            self.leader = next(iter(self.members))
        self.protocol = self._common_protocol()
        for member in self.members.values():
            member.seen = now
            member.answer_join(self.joined(member))

    def joined(self, member: Member) -> Joined:
        """What a member of this generation hears."""
        everybody = tuple((m.id, m.instance, m.metadata(self.protocol)) for m in self.members.values())
        return Joined(
            Error.NONE, member.id, self.generation, self.protocol, self.leader,
            everybody if member.id == self.leader else (),
        )  # fmt: skip

    def share_out(self, assignments: dict[str, bytes]) -> None:
        """What the leader decided."""
        self.phase = Phase.STABLE
        for member in self.members.values():
            member.assignment, member.seen = assignments.get(member.id, b""), time.monotonic()
            member.answer_sync(Error.NONE, member.assignment)

    def remove(self, member_id: str) -> Member | None:
        member = self.members.pop(member_id, None)
        if member is not None:
            member.answer_join(Joined(Error.UNKNOWN_MEMBER_ID, member_id))
            member.answer_sync(Error.UNKNOWN_MEMBER_ID)
        if self.leader == member_id:
            self.leader = NOBODY
        return member

    def expire(self) -> None:
        """Those not heard of for a session are gone."""
        now = time.monotonic()
        dead = [m.id for m in self.members.values() if m.joining is None and now - m.seen > m.session_s]
        for member_id in dead:
            self.remove(member_id)
        if dead:
            self.gather()
        self.settle()

    def agrees(self, protocols: list[tuple[str, bytes]]) -> bool:
        """Whether a newcomer knows a protocol that all members know."""
        known = [{name for name, _ in m.protocols} for m in self.members.values()]
        return bool({name for name, _ in protocols}.intersection(*known))

    def _common_protocol(self) -> str:
        known = [{name for name, _ in m.protocols} for m in self.members.values()]
        common = set.intersection(*known)
        return next(name for name, _ in self.members[self.leader].protocols if name in common)
