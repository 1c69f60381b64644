"""Real data that is not part of the project; tests that need it skip, with a reason, where it is missing."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    """The folder named by VIGIL_SHARED_DATA, else ../shared/data beside the checkout."""
    return Path(os.environ.get("VIGIL_SHARED_DATA", ROOT.parent / "shared" / "data"))


def shared_file(name: str) -> Path:
    """A file of the shared data; skips the test that asks where it is missing."""
    path = shared_folder() / name
    if not path.exists():
        pytest.skip(f"{name} is not in {shared_folder()} (set VIGIL_SHARED_DATA)")
    return path
