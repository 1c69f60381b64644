"""Which Vigil runs."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def vigil_version() -> str:
    try:
        return version("vigil")
    except PackageNotFoundError:
        return "unknown"  # a checkout that was never installed
