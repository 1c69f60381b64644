"""How long things take where nobody wrote it down: drawn once for each call, whatever the policy. All
assumed."""

from simulations.living_demo.chance import Luck

PRIORITIES = {"P1": 0.12, "P2": 0.38, "P3": 0.35, "P4": 0.15}
TRANSPORTED = {"P1": 0.9, "P2": 0.85, "P3": 0.75, "P4": 0.9}


def decide_s(luck: Luck) -> float:
    """From the ring to the first look for a unit."""
    return round(luck.between(30.0, 120.0), 1)


def scene_s(luck: Luck) -> float:
    return round(luck.between(420.0, 1500.0), 1)


def handover_s(luck: Luck) -> float:
    return round(luck.between(600.0, 1800.0), 1)


def clear_s(luck: Luck) -> float:
    return round(luck.between(180.0, 600.0), 1)


def transports(luck: Luck, priority: str) -> bool:
    return luck.happens(TRANSPORTED.get(priority, 0.8))
