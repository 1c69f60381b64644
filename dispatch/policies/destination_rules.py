"""The figures that weigh hospitals against each other: all of them seconds of drive, settings of a city."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

Seconds = Annotated[float, Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class DestinationRules:
    """What a count, a crowd or a slow door costs, in seconds of drive.

    amber_after_s, red_after_s : from this age on a count is shown as old, and as doubtful
    half_life_s        : after so many seconds a count is trusted half as much, after twice as many a quarter
    doubt_s            : what no trust at all costs; a half-trusted count costs half of it
    assumed_confidence : trust in beds that the hospital never reported itself, 0 to 1
    scarce_beds        : with fewer beds free than these the last may be gone on arrival ...
    scarce_s           : ... which costs this at none left, and a share of it in between
    waiting_s          : a patient who arrived there and is not handed over yet
    inbound_s          : a patient on the way there
    usual_handover_s   : handing over takes so long anywhere
    handover_weight    : the share of longer handovers lately that counts
    """

    amber_after_s: float = 3600.0
    red_after_s: float = 7200.0
    half_life_s: Annotated[float, Meta(gt=0)] = 7200.0
    doubt_s: Seconds = 600.0
    assumed_confidence: Annotated[float, Meta(ge=0, le=1)] = 0.5
    scarce_beds: Annotated[int, Meta(ge=1)] = 3
    scarce_s: Seconds = 60.0
    waiting_s: Seconds = 120.0
    inbound_s: Seconds = 60.0
    usual_handover_s: Seconds = 1200.0
    handover_weight: Annotated[float, Meta(ge=0, le=1)] = 0.5
