"""What the demo tells on its standard output: one short line a happening."""

from collections.abc import Callable
from datetime import datetime

Say = Callable[[str], None]


def say(text: str) -> None:
    print(f"{datetime.now().astimezone():%H:%M:%S} {text}", flush=True)
