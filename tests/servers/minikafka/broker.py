"""The broker itself: connections, and who answers what. It lives in one event loop."""

import asyncio
import inspect
import struct
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.servers.minikafka.codes import Api
from tests.servers.minikafka.faults import Faults
from tests.servers.minikafka.groups import Groups
from tests.servers.minikafka.records import Records
from tests.servers.minikafka.topics import NODE, Topics
from tests.servers.minikafka.transactions import Transactions
from tests.servers.minikafka.wire import Misspoken, Question, read_question, write_answer

TICK_S = 0.05
LIMIT = 2**24


class Broker:
    """Topics, groups and transactions outlive `down()`: `up()` again is a broker restarted on its disk."""

    def __init__(
        self, topics: dict[str, int] | None = None, auto_create: bool = False, partitions: int = 8
    ) -> None:
        self.faults = Faults()
        self.topics = Topics(auto_create, partitions, self.faults)
        self.groups = Groups(self.faults)
        self.transactions = Transactions(self.topics, self.groups, self.faults)
        self.records = Records(self.topics, self.transactions, self.faults)
        self.asked: Counter[Api] = Counter()
        self.misspoken: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._clock: asyncio.Task[None] | None = None
        self._connections: set[asyncio.StreamWriter] = set()
        self._answers = self._who_answers()
        for name, count in (topics or {}).items():
            self.topics.make(name, count)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def up(self, port: int = 0) -> None:
        """Listen; on the port it had before, unless one is named."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port or self.port, limit=LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]
        self._clock = asyncio.create_task(self._tick())

    async def down(self) -> None:
        """Be gone: nobody is listened to, every connection breaks."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in list(self._connections):
            connection.transport.abort()
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self.groups.expire()
            self.transactions.end_overdue()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers go back in the order of the questions; they are worked out at the same time."""
        waiting: asyncio.Queue[asyncio.Task[bytes | None]] = asyncio.Queue()
        sender = asyncio.create_task(_send(waiting, writer))
        self._connections.add(writer)
        tasks: set[asyncio.Task[bytes | None]] = set()
        try:
            while True:
                (length,) = struct.unpack(">i", await reader.readexactly(4))
                question = read_question(await reader.readexactly(length))
                self.asked[question.api] += 1
                task = asyncio.create_task(self._answer(question))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                waiting.put_nowait(task)
        except Misspoken as words:
            self.misspoken.append(str(words))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._connections.discard(writer)
            for task in (sender, *tasks):
                task.cancel()
            with suppress(ConnectionError):
                writer.close()

    async def _answer(self, question: Question) -> bytes | None:
        """The frame, None where none is wanted. Raises ConnectionError where it is to be lost."""
        if question.api is Api.API_VERSIONS:
            return write_answer(question, ())
        answer = self._answers[question.api](question)
        if inspect.isawaitable(answer):
            answer = await answer
        if delay := self.faults.delays_s.get(question.api):
            await asyncio.sleep(delay)
        if self.faults.loses(question.api):
            raise ConnectionError("this answer is lost, as a test wishes")
        return None if answer is None else write_answer(question, answer)

    def _who_answers(self) -> dict[Api, Callable[[Question], Any]]:
        def by(method: Callable[[Any], Any]) -> Callable[[Question], Any]:
            return lambda question: method(question.fields)

        groups, records, topics, transactions = self.groups, self.records, self.topics, self.transactions
        return {
            Api.PRODUCE: by(records.produce),
            Api.FETCH: by(records.fetch),
            Api.LIST_OFFSETS: by(records.list_offsets),
            Api.METADATA: lambda question: topics.metadata(question.fields, self.port),
            Api.OFFSET_COMMIT: by(groups.commit),
            Api.OFFSET_FETCH: by(groups.offsets),
            Api.FIND_COORDINATOR: lambda question: (0, 0, None, NODE, "127.0.0.1", self.port),
            Api.JOIN_GROUP: lambda question: groups.join(question.fields, question.client),
            Api.HEARTBEAT: by(groups.heartbeat),
            Api.LEAVE_GROUP: by(groups.leave),
            Api.SYNC_GROUP: by(groups.sync),
            Api.DESCRIBE_GROUPS: by(groups.described),
            Api.LIST_GROUPS: by(groups.listed),
            Api.CREATE_TOPICS: by(topics.create),
            Api.DELETE_TOPICS: by(topics.delete),
            Api.INIT_PRODUCER_ID: by(transactions.start_producer),
            Api.ADD_PARTITIONS: by(transactions.add_partitions),
            Api.ADD_OFFSETS: by(transactions.add_offsets),
            Api.END_TRANSACTION: by(transactions.end),
            Api.COMMIT_IN_TRANSACTION: by(transactions.commit_offsets),
            Api.DESCRIBE_CONFIGS: by(topics.describe_settings),
            Api.ALTER_CONFIGS: by(topics.alter_settings),
            Api.CREATE_PARTITIONS: by(topics.grow),
        }


async def _send(waiting: "asyncio.Queue[asyncio.Task[bytes | None]]", writer: asyncio.StreamWriter) -> None:
    while True:
        task = await waiting.get()
        try:
            frame = await task
        except ConnectionError:
            writer.transport.abort()
            return
        if frame is not None:
            writer.write(frame)
            await writer.drain()
