"""The queue of a report: who waited and was served, and not those to whom nobody ever came."""

import numpy as np
import pytest

from simulations.experiment.experiment import Experiment, Rival
from simulations.experiment.replicate import NO_CALLS, Replication
from simulations.lean.columns import Incidents, nothing_yet
from simulations.results.counted import waiting_hours

ASKED = Experiment("?", "letters", (Rival("one"),), hours=3.0, warm_up_hours=1.0)


def night(opened_h, sent_h):
    count = len(opened_h)
    opened_s = np.array(opened_h) * 3600.0
    none, zero = np.zeros(count), np.zeros(count, np.int32)
    incidents = Incidents(opened_s, opened_s, zero, zero, zero, none, np.zeros(count, np.bool_), none, none)
    served = nothing_yet(count)
    served.sent_s[:] = np.array(sent_h) * 3600.0
    return Replication(incidents, served, np.zeros(1), np.zeros(0), NO_CALLS)


def test_waiting_is_shared_out_among_the_hours():
    """From half past one to half past two after the begin, the first hour of which is warm-up."""
    assert waiting_hours(night([1.5], [2.5]), ASKED) == pytest.approx([0.5, 0.5, 0.0])


def test_whom_nobody_ever_reaches_is_no_queue_that_grows_all_night():
    never = np.inf
    found = waiting_hours(night([0.5, 1.5, 1.6], [never, 2.5, never]), ASKED)
    assert found == pytest.approx([0.5, 0.5, 0.0])
    assert waiting_hours(night([1.0], [never]), ASKED).tolist() == [0.0, 0.0, 0.0]
