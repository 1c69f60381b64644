"""A number for each call that is the same under all rivals of a replication, whoever else is lost or comes
besides.

The number of an incident goes by the order in which incidents were opened, and that is another one as soon as
one call is lost. When a call rings, where it is about and how urgent it is, is the same for every rival.
"""

import numpy as np

from routing.arrays import Int64s
from simulations.experiment.inputs import Inputs
from simulations.lean.columns import Incidents
from simulations.lean.of_day import PRIORITIES
from simulations.scenario.stage import hurt_at

ALIKE = 16
"""So many of one tenth of a second, place and priority are told apart, by their order."""


def places_of(inputs: Inputs) -> int:
    """How many there are, whatever the state of the roads: each has a number again in every state."""
    if inputs.scenario is None or inputs.model is None:
        return len(inputs.ground.columns.place_spot)
    return len(inputs.model.places) + len(hurt_at(inputs.scenario))


def call_numbers(incidents: Incidents, places: int) -> Int64s:
    """int64[incidents]. places : as `places_of` has them"""
    tenths = np.round(incidents.rang_s * 10).astype(np.int64)
    key = (tenths * places + incidents.place % places) * len(PRIORITIES) + incidents.priority
    order = np.argsort(key, kind="stable")
    its = key[order]
    first = np.flatnonzero(np.append(True, its[1:] != its[:-1])) if len(its) else np.zeros(0, np.int64)
    nth = np.empty(len(its), np.int64)
    nth[order] = np.arange(len(its)) - np.repeat(first, np.diff(np.append(first, len(its))))
    found: Int64s = key * ALIKE + nth
    return found
