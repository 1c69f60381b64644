"""`vigil`, with a road engine that fails as long as a file says so: run as a program of its own by tests.

python tests/roads_that_fail.py up ...      with VIGIL_TEST_ROADS_FAIL naming the file
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from api.cli.main import app
from routing.hierarchy.engine import HierarchyEngine
from routing.hierarchy.kept import KeptLabels

SWITCH = "VIGIL_TEST_ROADS_FAIL"
QUESTIONS = {
    HierarchyEngine: ("from_place", "to_place", "table", "path", "to_every_node", "to_every_arc"),
    KeptLabels: ("fan",),
}


def spoil() -> None:
    """Let every question to the engine fail while the file is there."""
    switch = Path(os.environ[SWITCH])
    for kind, names in QUESTIONS.items():
        for name in names:
            setattr(kind, name, failing(getattr(kind, name), switch))


def failing(question: Any, switch: Path) -> Any:
    def ask(*arguments: Any, **named: Any) -> Any:
        if switch.exists():
            raise ZeroDivisionError("the engine is broken by a test")
        return question(*arguments, **named)

    return ask


if __name__ == "__main__":
    spoil()
    app()
