"""python -m simulations.asked FOLDER: play what its `order.json` asks, or go on where a process ended.

It gives way to everybody, uses one thread, and ends when whoever started it does: its standard input is
closed then.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

GIVES_WAY: Final = 15
ENDED: Final = 3
THREADS: Final = "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"


def give_way() -> None:
    """Before anything large is loaded: that takes a core, too, and the libraries ask for threads then."""
    os.nice(GIVES_WAY)
    os.environ.update(dict.fromkeys(THREADS, "1"))
    with suppress(OSError):  # not every system has it; where memory runs out this one goes first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    Thread(target=_end_with_the_other, daemon=True).start()


def _end_with_the_other() -> None:
    while os.read(0, 1024):
        pass
    os._exit(ENDED)


def main(folder: Path) -> int:
    give_way()
    from simulations.asked.carry_out import carry_out

    return carry_out(folder)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
