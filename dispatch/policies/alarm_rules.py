"""When the desk is alarmed, and when its supervisor: settings of a city."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

Seconds = Annotated[float, Meta(gt=0)]


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """escalate_after_s : a red alarm that nobody took up for so long is told to the supervisor
    longest_shelf_s  : nobody puts an alarm away for longer
    unread_after_s   : a message that no crew has read for so long is an amber alarm
    red              : the priorities whose waiting is a red alarm; that of others is amber
    """

    escalate_after_s: Seconds = 60.0
    longest_shelf_s: Seconds = 3600.0
    unread_after_s: Seconds = 120.0
    red: tuple[Literal["P1", "P2", "P3", "P4"], ...] = ("P1", "P2")
