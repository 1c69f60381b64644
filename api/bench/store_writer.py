"""Saves facts at a steady pace, in a process of its own: `store_writer save|notice URL RATE SECONDS`."""

import sys
from collections.abc import Callable
from time import monotonic, monotonic_ns, sleep
from uuid import uuid4

import psycopg

from api.hand import machine_act
from api.postgres.address import Address, read_address
from dispatch.application import postgres_log
from domain.call import Call
from domain.values import Act


def a_call(words: str, act: Act) -> Call:
    return Call(
        phone="0901234567",
        caller_name=None,
        position=None,
        address=None,
        complaint=words,
        act=act,
        call_id=uuid4(),
    )


def paced(rate: float, seconds: float, deed: Callable[[], object]) -> None:
    """Do it `rate` times a second; one that was late is followed by the next at once."""
    began = monotonic()
    for turn in range(int(rate * seconds)):
        wait = began + turn / rate - monotonic()
        if wait > 0:
            sleep(wait)
        deed()


def main(deed: str, address: Address, rate: float, seconds: float) -> None:
    if deed == "save":
        with postgres_log(address.libpq) as log:
            paced(rate, seconds, lambda: log.record(a_call(str(monotonic_ns()), machine_act("bench"))))
        return
    with psycopg.connect(address.libpq) as connection:

        def notice() -> None:
            began = str(monotonic_ns())
            with connection.transaction():
                connection.execute("INSERT INTO noticed VALUES (%s)", [began], prepare=True)
                connection.execute("SELECT pg_notify('bare_notices', %s)", [began], prepare=True)

        paced(rate, seconds, notice)


if __name__ == "__main__":
    main(sys.argv[1], read_address(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
