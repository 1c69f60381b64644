"""Who waits with an end can be told to stop meanwhile."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "dispatch", "routing", "projections", "api", "simulations")
AT_THE_END = {"api/streams/leaving.py"}
"""Lets go of what is ending already: what aiokafka cancels there must not cancel us."""


def test_nobody_waits_with_wait_for():
    """Python 3.11's keeps a cancellation that comes with the answer to itself; `asyncio.timeout` does not."""
    users = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "wait_for"
        and isinstance(node.value, ast.Name)
        and node.value.id == "asyncio"
    }
    assert users == AT_THE_END
