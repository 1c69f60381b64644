"""Processes that work for another end when that one does, also where it was killed and told them nothing."""

import os
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread


def end_with_parent() -> None:
    """Of a process of `multiprocessing`: once its parent is gone it goes. What it has half written never
    gets its name."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent,), name="ends with its parent", daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    """Asleep on a pipe whose other end the system closes with the parent."""
    parent.join()
    os._exit(1)
