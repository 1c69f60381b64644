"""The broker as a process: `python -m tests.servers.minikafka [--port N] [TOPIC:PARTITIONS ...]`.

Its first line says where it listens. It obeys lines on its standard input, each answered by `done`: `down`,
`up`, `refuse API ERROR [TIMES [TOPIC]]`, `lose API [TIMES]`, `delay API SECONDS`, `clear`. It ends with its
input, so that no broker outlives its test.
"""

import argparse
import asyncio
import sys

from tests.servers.minikafka.broker import Broker
from tests.servers.minikafka.codes import Api, Error


async def main() -> None:
    parser = argparse.ArgumentParser(prog="minikafka")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--auto-create", action="store_true")
    parser.add_argument("--partitions", type=int, default=8, help="of topics that are made when asked for")
    parser.add_argument("topics", nargs="*", metavar="TOPIC:PARTITIONS")
    options = parser.parse_args()
    named = [topic.rpartition(":") for topic in options.topics]
    topics = {name: int(count) for name, _, count in named}
    broker = Broker(topics, options.auto_create, options.partitions)
    await broker.up(options.port)
    print(broker.address, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        try:
            await obey(broker, line.split())
        except (ValueError, KeyError) as fault:
            print(f"not understood: {fault}", flush=True)
        else:
            print("done", flush=True)
    await broker.down()


async def obey(broker: Broker, words: list[str]) -> None:
    match words:
        case ["down"]:
            await broker.down()
        case ["up"]:
            await broker.up()
        case ["refuse", api, error, *rest]:
            times = int(rest[0]) if rest else -1
            broker.faults.refuse(Api[api], Error[error], times, rest[1] if len(rest) > 1 else None)
        case ["lose", api, *rest]:
            broker.faults.lose_answers(Api[api], int(rest[0]) if rest else 1)
        case ["delay", api, seconds]:
            broker.faults.delays_s[Api[api]] = float(seconds)
        case ["clear"]:
            broker.faults.clear()
        case _:
            raise ValueError(" ".join(words))


asyncio.run(main())
