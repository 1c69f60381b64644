"""Work done by two processes at once, by the clock on the wall."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import perf_counter

CORES = 2
PATIENCE_S = 600.0

Work = Callable[[int], object]
"""What one process does; it is told which it is."""


def walls_s(*works: Work) -> list[float]:
    """Seconds from the moment at which both processes begin with a piece of work until both have done it.

    They are copies of this one, so all that was read before is there. Raises RuntimeError where one fails.
    """
    copies = get_context("fork")
    line = copies.Barrier(CORES + 1)
    both = [copies.Process(target=_each, args=(number, works, line)) for number in range(CORES)]
    for process in both:
        process.start()
    found = []
    try:
        for _ in works:
            line.wait(PATIENCE_S)
            began_s = perf_counter()
            line.wait(PATIENCE_S)
            found.append(perf_counter() - began_s)
    except Exception as fault:
        line.abort()  # nobody waits for one that is gone
        raise RuntimeError("A process that was measured has failed.") from fault
    finally:
        for process in both:
            process.join()
    return found


def _each(number: int, works: tuple[Work, ...], line: Barrier) -> None:
    try:
        for work in works:
            line.wait(PATIENCE_S)
            work(number)
            line.wait(PATIENCE_S)
    except BaseException:
        line.abort()
        raise
