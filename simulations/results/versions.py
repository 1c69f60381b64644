"""With what something was reckoned."""

import platform
from importlib.metadata import version

REASON = ("vigil", "numpy", "numba", "scipy", "pyarrow")


def versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in REASON}}
