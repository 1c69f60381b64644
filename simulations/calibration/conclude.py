"""What a planner may conclude, and may not: which sentences stand, with their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulations.calibration.compare import Compared
from simulations.calibration.demand import Demand
from simulations.calibration.play import Judged

RESPONSES: Final = ("response", "late")
BUSY: Final = ("occupied",)
PARTS: Final = ("to_order", "turnout", "travel", "scene", "transported", "to_hospital", "handover", "clear")


LEFT_OUT: Final = {
    "merged": "left_merged",
    "without_run": "left_without_run",
    "turned_back": "left_turned_back",
    "transfer": "left_transfer",
}
"""Words for what of a log is no emergency that needs a unit; `several` tells of further crews."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """key : of the words; figures : what it is said about; count: for those that say how many"""

    key: str
    figures: tuple[Compared, ...] = ()
    count: int = 0


def may(found: Sequence[Compared]) -> list[Sentence]:
    """The answer first: whether the responses hold, what to mend, and what to use the model for."""
    if not any(each.stretch in RESPONSES for each in found):
        return [Sentence("no_times")]
    off = [each for each in found if each.sure]
    responses = tuple(each for each in off if each.stretch in RESPONSES)
    mean = tuple(each for each in found if (each.stretch, each.kind) == ("response", "mean"))
    told = [Sentence("responses_off", responses) if responses else Sentence("responses_hold", mean)]
    parts = sorted(
        (each for each in off if each.stretch in PARTS and each.kind == "mean"),
        key=lambda each: (each.stretch == "transported", -abs(each.apart)),
    )
    if parts:
        told.append(Sentence("mend", tuple(parts)))
    busy = any(each.stretch in BUSY for each in off)
    if responses:
        told.append(Sentence("no_minutes"))
    elif busy:
        told.append(Sentence("busy_off", tuple(each for each in off if each.stretch in BUSY)))
    else:
        told.append(Sentence("usable", mean))
    return told


def may_not(judged: Judged, found: Sequence[Compared], demand: Demand, by_day: bool) -> list[Sentence]:
    its = judged.of
    told = [Sentence("other_days", count=its.days), Sentence("not_looked_at")]
    if not demand.within:
        told.append(Sentence("demand_off"))
    if not by_day:
        told.append(Sentence("few_days", count=its.days))
    if its.unreached:
        told.append(Sentence("unreached", count=its.unreached))
    told += [Sentence(LEFT_OUT[why], count=count) for why, count in its.left_out.items() if why in LEFT_OUT]
    if several := sum(call.crews > 1 for call in its.calls):
        told.append(Sentence("several", count=several))
    if not judged.on_duty:
        told.append(Sentence("duty_unknown"))
    if judged.strangers and judged.on_duty:
        told.append(Sentence("strangers", count=judged.strangers))
    known = {each.stretch for each in found}
    if any(each not in known for each in (*RESPONSES, *BUSY, *PARTS)) and known:
        told.append(Sentence("not_recorded"))
    return told
