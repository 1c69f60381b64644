"""The broker in a thread of the test: `with MiniKafka({"vigil.events": 12}) as kafka: ... kafka.address`."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.servers.minikafka.broker import Broker
from tests.servers.minikafka.faults import Faults

T = TypeVar("T")
PATIENCE_S = 10.0


class MiniKafka:
    """Safe to use from other threads; `faults` and `broker` may be looked at and set at any time."""

    def __init__(
        self, topics: dict[str, int] | None = None, auto_create: bool = False, partitions: int = 8
    ) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="minikafka", daemon=True)
        self.broker = Broker(topics, auto_create, partitions)

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`, the same after `down()` and `up()`."""
        return self.broker.address

    @property
    def faults(self) -> Faults:
        return self.broker.faults

    def start(self) -> str:
        self._thread.start()
        self.up()
        return self.address

    def stop(self) -> None:
        self.down()
        self._wait(_quiet())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def up(self) -> None:
        self._wait(self.broker.up())

    def down(self) -> None:
        """No longer there, until `up()`; what it holds is kept."""
        self._wait(self.broker.down())

    def do(self, work: Callable[[Broker], T]) -> T:
        """Work on the broker in its own thread."""

        async def inside() -> T:
            return work(self.broker)

        return self._wait(inside())

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


async def _quiet() -> None:
    """Let everything that was begun come to its end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
