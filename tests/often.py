"""How often a law is tried: as often as it says in `make test-all`, half as often in `make test`.

`make test` draws the same examples each time, so more of them would find nothing new the next time either.
"""

from typing import Final

from hypothesis import settings

SAME: Final = settings().derandomize
"""Whether this run draws what every run draws: the profile is chosen before any test is read."""


def often(examples: int) -> int:
    return examples // 2 if SAME else examples
