"""What is counted of a scenario beside the figures of every experiment: one value a replication.

An emergency that nobody answered counts as late here: whoever loses calls looks no better for it.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from simulations.city_model.model import PRIORITIES
from simulations.experiment.replicate import Replication
from simulations.lean.columns import Bools
from simulations.lean.takers import ANSWERED
from simulations.scenario.no_bed import without_bed
from simulations.scenario.scenario import Casualties, Change, Paper
from simulations.scenario.stage import Ready, Stage

VALUES: Final = ("late_elsewhere", "late_elsewhere_P1", "late_as_shown", "lost_busiest", "no_bed")
DAY_S: Final = 86_400.0


def values_of(stage: Stage, ready: Ready, done: Replication) -> dict[str, float]:
    """late_elsewhere : share of the emergencies that nobody reached within the target of their priority, or
                        that nobody answered, without those who were hurt at one place and instant;
                        P1: of these alone
    late_as_shown  : the same of all, had nothing been entered that was written on paper
    lost_busiest   : share of all calls that nobody answered, on the day with most of them
    no_bed         : share of those brought to a hospital for whom no bed was free there; nan where beds
                     are not taken
    """
    rang_s, incidents = done.ringing.rang_s - stage.warm_up_s, done.incidents
    counted = (rang_s >= 0) & (rang_s < stage.scenario.lasts_s)
    lost = counted & (done.ringing.fate != ANSWERED)
    lost_needing = int((lost & (done.ringing.priority >= 0)).sum())
    lost_first = int((lost & (done.ringing.priority == 0)).sum())
    chosen = np.flatnonzero(incidents.rang_s >= stage.warm_up_s)
    target_s = np.array([stage.model.target_s[name] for name in PRIORITIES], np.float64)
    response_s = np.round(done.served.on_scene_s[chosen] - incidents.rang_s[chosen], 3)
    late = response_s > target_s[incidents.priority[chosen]]
    hurt = np.isin(incidents.place[chosen] % stage.first_places, list(stage.hurt_at.values()))
    shown = ~on_paper(stage, ready, done)[chosen]
    return {
        "late_elsewhere": _share(late[~hurt], lost_needing),
        "late_elsewhere_P1": _share(late[~hurt & (incidents.priority[chosen] == 0)], lost_first),
        "late_as_shown": _share(late[shown], lost_needing),
        "lost_busiest": _busiest(rang_s[counted], lost[counted], stage.scenario.days),
        "no_bed": _no_bed(stage, ready, done),
    }


def on_paper(stage: Stage, ready: Ready, done: Replication) -> Bools:
    """bool[incidents], whether they were opened while the dispatch system was lost."""
    at_s = done.incidents.opened_s - stage.warm_up_s
    found = np.zeros(len(at_s), np.bool_)
    for change in ready.changes:
        if isinstance(change, Paper):
            for begin, end in change.spells:
                found |= (at_s - change.longer_s >= begin) & (at_s - change.longer_s < end)
    return found


def told_apart(changes: Sequence[Change]) -> list[str]:
    """Which of the figures say anything of these changes that `late_or_lost` does not."""
    found = ["late_or_lost"]
    if any(isinstance(each, Casualties) for each in changes):
        found += ["late_elsewhere", "late_elsewhere_P1"]
    if any(isinstance(each, Paper) for each in changes):
        found.append("late_as_shown")
    return found


def _no_bed(stage: Stage, ready: Ready, done: Replication) -> float:
    came = (done.served.hospital >= 0) & (done.incidents.rang_s >= stage.warm_up_s)
    if not ready.plan.beds.held or not came.any():
        return np.nan
    return float(without_bed(done, ready.plan.beds)[came].mean())


def _busiest(rang_s: np.ndarray, lost: Bools, days: int) -> float:
    day = (rang_s // DAY_S).astype(np.int64)
    calls = np.bincount(day, minlength=days)
    if not len(day):
        return np.nan
    return float(np.bincount(day[lost], minlength=days)[calls.argmax()] / calls.max())


def _share(late: Bools, lost: int) -> float:
    return float(late.sum() + lost) / (len(late) + lost) if len(late) + lost else np.nan
