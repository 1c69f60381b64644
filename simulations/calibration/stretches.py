"""How long everything took, of recorded and of simulated calls alike."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from routing.arrays import Float64s, Int32s
from simulations.calibration.recorded import MOMENTS, Recorded
from simulations.lean.columns import Fleet, Incidents, Served

STRETCHES: Final = (
    "response", "to_order", "turnout", "travel", "scene", "to_hospital", "handover", "clear", "occupied"
)  # fmt: skip
"""response : from the ring to the first crew on scene: to_order, turnout and travel together
to_order  : from the ring until that crew was sent
occupied  : from then until it was free again
"""
_ENDS: Final = {
    "response": ("rang", "on_scene"),
    "to_order": ("rang", "sent"),
    "turnout": ("sent", "en_route"),
    "travel": ("en_route", "on_scene"),
    "scene": ("on_scene", "left"),
    "to_hospital": ("left", "at_hospital"),
    "handover": ("at_hospital", "handed_over"),
    "clear": ("handed_over", "clear"),
    "occupied": ("sent", "clear"),
}
SHARES: Final = ("late", "transported")
Columns = dict[str, Float64s]
"""By the names above, float64[calls] or [replications, calls]; nan where it is not known or never was."""


def of_recorded(recorded: Recorded, priority: Int32s, targets_s: Sequence[float]) -> Columns:
    moments = {
        name: np.array(
            [recorded.seconds(call.at[name]) if name in call.at else np.nan for call in recorded.calls]
        )
        for name in MOMENTS
    }
    moments["rang"] = np.array([recorded.seconds(call.rang_at) for call in recorded.calls])
    carried = [np.nan if call.transported is None else float(call.transported) for call in recorded.calls]
    return _columns(moments, np.array(carried), priority, targets_s)


def of_simulated(
    incidents: Incidents, served: Served, fleet: Fleet, targets_s: Sequence[float]
) -> tuple[Columns, Float64s]:
    """In the order of `incidents`, and when each rang."""
    sent = np.where(np.isfinite(served.sent_s), served.sent_s, np.nan)
    turnout_s = np.where(served.unit >= 0, fleet.turnout_s[served.unit], np.nan)
    carried = served.hospital >= 0
    clear = _known(served.clear_s)
    moments = {
        "rang": incidents.rang_s,
        "sent": sent,
        "en_route": sent + turnout_s,
        "on_scene": _known(served.on_scene_s),
        "left": _known(served.left_s),
        "at_hospital": np.where(carried, _known(served.at_hospital_s), np.nan),
        "handed_over": np.where(carried, clear - incidents.clear_s, np.nan),
        "clear": clear,
    }
    share = np.where(np.isfinite(clear), carried.astype(np.float64), np.nan)
    return _columns(moments, share, incidents.priority, targets_s), incidents.rang_s


def _columns(moments: Columns, carried: Float64s, priority: Int32s, targets_s: Sequence[float]) -> Columns:
    found = {name: moments[last] - moments[first] for name, (first, last) in _ENDS.items()}
    response, target = found["response"], np.array(targets_s, np.float64)[priority]
    # To a millisecond, as the figures of experiments have it.
    late = np.where(np.isnan(response), np.nan, (np.round(response, 3) > target).astype(np.float64))
    return {**found, "late": late, "transported": carried}


def _known(seconds: Float64s) -> Float64s:
    return np.where(np.isfinite(seconds), seconds, np.nan)
