"""How much may be asked for at the console; the command line knows no such limits."""

from typing import Final

from simulations.asked.order import REPLAYED

RIVALS: Final = 6
REPLICATIONS: Final = 200
HOURS: Final = 14 * 24.0
HOURS_NOW: Final = 4.0
DAYS: Final = 14
"""Of the log."""
SIMULATED_HOURS: Final = 40_000.0
"""Of all rivals and replications: a minute or two on one core where units go home, about a quarter of an hour
in Ho Chi Minh City where they are moved as the desk proposes (`mended`); and some hundred MB on the disk."""
WAITING: Final = 5
KEPT: Final = 30

TOLD: Final = {
    "rivals": RIVALS,
    "replications": REPLICATIONS,
    "hours": HOURS,
    "hours_now": HOURS_NOW,
    "days": DAYS,
    "simulated_hours": SIMULATED_HOURS,
    "waiting": WAITING,
    "kept": KEPT,
    "replayed": REPLAYED,
}
