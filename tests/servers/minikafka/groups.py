"""What consumer groups are asked: join, sync, heartbeat, leave, commit, fetch offsets, list."""

import asyncio
import time
from collections import defaultdict
from typing import Any
from uuid import uuid4

from tests.servers.minikafka.codes import Api, Error
from tests.servers.minikafka.faults import Faults
from tests.servers.minikafka.group import Group, Joined, Member, Phase

NO_OFFSET = (-1, "")


class Groups:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._groups: dict[str, Group] = {}

    def group(self, name: str) -> Group:
        return self._groups.setdefault(name, Group(name))

    def expire(self) -> None:
        for group in self._groups.values():
            group.expire()

    # --- membership -------------------------------------------------------------------------

    async def join(self, asked: Any, client: str) -> tuple[Any, ...]:
        group = self.group(asked.group)
        protocols = [(name, bytes(data)) for name, data in asked.group_protocols]
        member = self._who_joins(group, asked, client, protocols)
        if isinstance(member, Joined):
            return _as_answer(member)
        fresh, changed = not member.protocols, member.protocols != protocols
        member.seen, member.protocols = time.monotonic(), protocols
        member.session_s, member.rebalance_s = asked.session_timeout / 1000, asked.rebalance_timeout / 1000
        group.protocol_type = asked.protocol_type
        leads = member.id == group.leader and group.phase is Phase.STABLE
        if fresh or changed or leads or group.phase is Phase.EMPTY:
            group.gather()
        elif group.phase is not Phase.JOINING:
            return _as_answer(group.joined(member))  # the answer was lost, and is asked for again
        member.answer_join(Joined(Error.UNKNOWN_MEMBER_ID, member.id))  # an older request of the same one
        waiting = member.joining = asyncio.get_running_loop().create_future()
        group.settle()
        return _as_answer(await waiting)

    async def sync(self, asked: Any) -> tuple[Any, ...]:
        group = self.group(asked.group)
        member, error = group.check(asked.member_id, asked.generation_id)
        if member is None:
            return 0, error, b""
        member.seen = time.monotonic()
        if group.phase is Phase.STABLE:
            return 0, Error.NONE, member.assignment
        if group.phase is not Phase.SHARING_OUT:
            return 0, Error.REBALANCE_IN_PROGRESS, b""
        waiting = member.syncing = asyncio.get_running_loop().create_future()
        if member.id == group.leader:
            group.share_out({each: bytes(data) for each, data in asked.group_assignment})
        return 0, *await waiting

    def heartbeat(self, asked: Any) -> tuple[Any, ...]:
        if error := self._faults.error(Api.HEARTBEAT):
            return 0, error
        group = self.group(asked.group)
        member, error = group.check(asked.member_id, asked.generation_id)
        if member is None:
            return 0, error
        member.seen = time.monotonic()
        return 0, Error.REBALANCE_IN_PROGRESS if group.phase is Phase.JOINING else Error.NONE

    def leave(self, asked: Any) -> tuple[Any, ...]:
        group = self.group(asked.group)
        if group.remove(asked.member_id) is None:
            return 0, Error.UNKNOWN_MEMBER_ID
        group.gather()
        group.settle()
        return 0, Error.NONE

    # --- offsets ----------------------------------------------------------------------------

    def commit(self, asked: Any) -> tuple[Any, ...]:
        group = self.group(asked.consumer_group)
        error = self._faults.error(Api.OFFSET_COMMIT)
        if not error and (asked.consumer_group_generation_id >= 0 or group.members):
            member, error = group.check(asked.consumer_id, asked.consumer_group_generation_id)
            if member is not None:
                member.seen = time.monotonic()
                error = Error.REBALANCE_IN_PROGRESS if group.phase is Phase.SHARING_OUT else Error.NONE
        if not error:
            for topic, places in asked.topics:
                for number, offset, note in places:
                    group.offsets[topic, number] = (offset, note)
        return 0, [(topic, [(place[0], error) for place in places]) for topic, places in asked.topics]

    def offsets(self, asked: Any) -> tuple[Any, ...]:
        group, wanted = self.group(asked.consumer_group), asked.topics
        if wanted is None:
            by_topic: dict[str, list[int]] = defaultdict(list)
            for topic, number in group.offsets:
                by_topic[topic].append(number)
            wanted = list(by_topic.items())
        found = group.offsets
        listed = [
            (topic, [(number, *found.get((topic, number), NO_OFFSET), Error.NONE) for number in numbers])
            for topic, numbers in wanted
        ]
        return 0, listed, Error.NONE

    # --- listing ----------------------------------------------------------------------------

    def listed(self, asked: Any) -> tuple[Any, ...]:
        return 0, Error.NONE, [(group.name, group.protocol_type) for group in self._groups.values()]

    def described(self, asked: Any) -> tuple[Any, ...]:
        answers = []
        for name in asked.groups:
            group = self.group(name)
            members = [(m.id, m.client, "/127.0.0.1", b"", m.assignment) for m in group.members.values()]
            answers.append(
                (Error.NONE, name, group.phase.value, group.protocol_type, group.protocol, members)
            )
        return 0, answers

    # --- parts ------------------------------------------------------------------------------

    def _who_joins(
        self, group: Group, asked: Any, client: str, protocols: list[tuple[str, bytes]]
    ) -> Member | Joined:
        """The member, or what to answer at once."""
        name, instance = asked.member_id, asked.group_instance_id
        if name and name not in group.members and name not in group.expected:
            return Joined(Error.UNKNOWN_MEMBER_ID, name)
        if name not in group.members and not group.agrees(protocols) and group.members:
            return Joined(Error.INCONSISTENT_GROUP_PROTOCOL, name)
        if name in group.members:
            return group.members[name]
        if not name:
            name = f"{instance or client or 'member'}-{uuid4()}"
            if instance and (known := group.instance(instance)):
                return _take_over(group, known, name, protocols)
            if not instance:
                # A newcomer first gets a name, so that one whose answer is lost leaves nothing behind.
                group.expected[name] = time.monotonic() + asked.session_timeout / 1000
                return Joined(Error.MEMBER_ID_REQUIRED, name)
        group.expected.pop(name, None)
        group.members[name] = Member(name, client, instance)
        return group.members[name]


def _take_over(group: Group, known: Member, name: str, protocols: list[tuple[str, bytes]]) -> Member | Joined:
    """A static member came back: its old place under a new name, without a rebalance in a stable group."""
    old = known.id
    known.answer_join(Joined(Error.FENCED_INSTANCE_ID, old))
    known.answer_sync(Error.FENCED_INSTANCE_ID)
    group.members = {name if key == old else key: member for key, member in group.members.items()}
    known.id, known.seen = name, time.monotonic()
    led = group.leader == old
    if led:
        group.leader = name
    same = [each for each, _ in known.protocols] == [each for each, _ in protocols]
    if group.phase is not Phase.STABLE or not same:
        return known
    known.protocols = protocols
    # It must not believe that it leads: it would share out a group that is shared out already.
    return Joined(Error.NONE, name, group.generation, group.protocol, old if led else group.leader)


def _as_answer(joined: Joined) -> tuple[Any, ...]:
    return (
        0, joined.error, joined.generation, joined.protocol, joined.leader, joined.member,
        list(joined.members),
    )  # fmt: skip
