"""`vigil` that has loaded its libraries and kernels, and becomes whatever `vigil …` it is told to be.

Run as a program of its own by `tests.warm`. An order is a line of JSON: words, out and err (files) and the
environment. A fork of this process carries it out, and does all that `vigil` does once it has been loaded.
Answered are {"pid": …} when it runs, and {"pid": …, "code": …} when it has ended. It ends when no more orders
can come.
"""

import gc
import json
import os
import selectors
import signal
import sys
from collections.abc import Iterator
from typing import Any

import api.cli.up_command  # noqa: F401
from api.cli.main import app
from routing.warm import warm_up


def next_order() -> dict[str, Any] | None:
    """Returns in each fork with what it shall do; in this process with None, and only when nobody can ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C at the terminal is for those that run
    signal.signal(signal.SIGCHLD, lambda *_: None)
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    with selectors.DefaultSelector() as either:
        either.register(0, selectors.EVENT_READ)
        either.register(woken, selectors.EVENT_READ)
        said = b""
        while True:
            ready = [key.fd for key, _ in either.select()]
            if woken in ready:
                os.read(woken, 4096)
                for pid, code in ended():
                    tell(pid=pid, code=code)
            if 0 not in ready:
                continue
            if not (more := os.read(0, 65536)):
                return None
            *lines, said = (said + more).split(b"\n")
            for line in lines:
                if (pid := os.fork()) == 0:
                    signal.set_wakeup_fd(-1)
                    os.close(woken)
                    os.close(wake)
                    return dict(json.loads(line))
                tell(pid=pid)


def ended() -> Iterator[tuple[int, int]]:
    """The forks that have ended since, each with its code; minus the signal for one that was killed."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def tell(**answer: int) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")


def become(order: dict[str, Any]) -> None:
    """Look to itself and to others as if it had been started with these words."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    add = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    for place, (file, how) in enumerate(
        ((os.devnull, os.O_RDONLY), (order["out"], add), (order["err"], add))
    ):
        opened = os.open(file, how, 0o666)
        os.dup2(opened, place)
        os.close(opened)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["vigil", *order["words"]]


if __name__ == "__main__":
    warm_up()
    gc.collect()
    gc.freeze()  # what is loaded is walked through by no fork's collector: that would copy it
    order = next_order()
    if order is not None:
        become(order)
        app(prog_name="vigil")
