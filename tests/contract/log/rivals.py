"""Start the writers of `rival.py` and let them go at one moment."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def a_rival(deed: str, kind: str, where: str) -> subprocess.Popen[str]:
    order = [sys.executable, "-m", "tests.contract.log.rival", deed, kind, where]
    return subprocess.Popen(order, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def tell(rival: subprocess.Popen[str], words: str) -> None:
    assert rival.stdin is not None
    rival.stdin.write(words + "\n")
    rival.stdin.flush()


def hear(rival: subprocess.Popen[str]) -> str:
    assert rival.stdout is not None
    return rival.stdout.readline().strip()


def race(kind: str, where: str, orders: dict[str, list[tuple[str, str, str]]]) -> list[dict[str, str]]:
    """What each rival was told: by callsign the run that it sent, or who was quicker."""
    rivals = [a_rival("race", kind, where) for _ in orders]
    for rival, own in zip(rivals, orders.values(), strict=True):
        tell(rival, json.dumps(own))
    for rival in rivals:
        assert hear(rival) == "ready"
    for rival in rivals:
        tell(rival, "go")
    return [json.loads(rival.communicate(timeout=60)[0]) for rival in rivals]
