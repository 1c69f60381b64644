"""Arrows point at the domain; the contracts stand in pyproject.toml."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUIET = ("domain", "dispatch", "routing", "projections")
EVENT_LIBRARY_MAY_BE_NAMED_IN = {
    "domain/base.py",
    "dispatch/application.py",
    "dispatch/faults.py",
    "dispatch/postgres/recorder.py",
    "dispatch/quick_mapper.py",
    "dispatch/quick_recorders.py",
    "dispatch/quick_transcoder.py",
}


def modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def test_the_contracts_between_the_packages_are_kept():
    # In a process of its own: the checker sets up logging anew and would silence the tests after it.
    order = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
    ]
    checked = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_few_files_name_the_event_library():
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in modules(*QUIET)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "eventsourcing")
        or (
            isinstance(node, ast.Import)
            and any(name.name.split(".")[0] == "eventsourcing" for name in node.names)
        )
    }
    assert naming == EVENT_LIBRARY_MAY_BE_NAMED_IN


# --- time and chance are handed in ----------------------------------------------------------------

CLOCKS_AND_DICE = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns",
    "time.localtime", "time.gmtime", "uuid.uuid1", "uuid.uuid4", "os.urandom", "os.getrandom",
}  # fmt: skip
FORBIDDEN_MODULES = {"random", "secrets", "numpy.random"}


def clocks_and_dice(source: str) -> list[str]:
    """Each use of a wall clock or of chance in a module: `line: name`."""
    tree = ast.parse(source)
    known_as: dict[str, str] = {}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                known_as[name.asname or name.name.split(".")[0]] = (
                    name.name if name.asname else name.name.split(".")[0]
                )
                if name.name in FORBIDDEN_MODULES:
                    found.append(f"{node.lineno}: {name.name}")
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                known_as[name.asname or name.name] = f"{node.module}.{name.name}"
                if node.module in FORBIDDEN_MODULES or f"{node.module}.{name.name}" in FORBIDDEN_MODULES:
                    found.append(f"{node.lineno}: {node.module}.{name.name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            head, *rest = ast.unparse(node).split(".")
            full = ".".join([known_as.get(head, head), *rest])
            tail = ".".join(full.split(".")[-2:])
            if tail in CLOCKS_AND_DICE or full in FORBIDDEN_MODULES:
                found.append(f"{node.lineno}: {full}")
    return found


@pytest.mark.parametrize("path", list(modules(*QUIET)), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_inside_reads_a_clock_or_rolls_dice(path):
    assert clocks_and_dice(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "import datetime as dt\nf = dt.datetime.utcnow",
        "from time import time\ntime()",
        "import time as clock\nclock.time()",
        "from uuid import uuid4 as fresh\nfresh()",
        "import uuid\nuuid.uuid4()",
        "import random",
        "from random import choice",
        "import numpy as np\nnp.random.default_rng()",
        "from numpy.random import default_rng",
        "from numpy import random",
        "import secrets",
    ],
)
def test_the_search_finds_them_under_every_name(source):
    assert clocks_and_dice(source)


def test_the_search_leaves_honest_code_alone():
    honest = "import time\nfrom datetime import datetime\nfrom uuid import uuid5\ntime.perf_counter()\n"
    assert clocks_and_dice(honest + "now = datetime.fromisoformat('x')\nself.time = at\n") == []
