"""Who gets through: lines and takers, as many as there are at each hour of the scenario."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np

from simulations.city_model.draw import Calls as Drawn
from simulations.city_model.model import CityModel
from simulations.city_model.on_duty import takers_on_duty
from simulations.lean.takers import Answered, Takers, always, answer
from simulations.scenario.moments import holds
from simulations.scenario.scenario import Change, Lines, Talk


def answered(
    calls: Drawn,
    model: CityModel,
    changes: Sequence[Change],
    begins: datetime,
    warm_up_s: float,
    hours: float,
) -> Answered:
    """The desk is staffed anew at each change of its lines; those who are on the line at that very moment
    count as served."""
    lines = [each for each in changes if isinstance(each, Lines)]
    talk_s = calls.talk_s.copy()
    at_s = calls.rang_s - warm_up_s
    for talk in (each for each in changes if isinstance(each, Talk)):
        for begin, end in talk.spells:
            talk_s[(at_s >= begin) & (at_s < end)] *= talk.factor
    ordinary = takers_on_duty(model, begins, hours)
    turns = sorted({moment for each in lines for spell in each.spells for moment in spell if moment < np.inf})
    found = Answered(np.empty(len(talk_s)), np.empty(len(talk_s), np.int32))
    for begin, end in pairwise([-np.inf, *turns, np.inf]):
        some = slice(*np.searchsorted(at_s, [begin, end]).tolist())
        desk = _desk(lines, begin, ordinary)
        part = answer(calls.rang_s[some], talk_s[some], calls.patience_s[some], desk)
        found.at_s[some], found.fate[some] = part.at_s, part.fate
    return found


def _desk(lines: Sequence[Lines], at_s: float, ordinary: Takers) -> Takers:
    """The last change that holds then."""
    for each in reversed(lines):
        if holds(at_s, each.spells):
            return always(each.takers, each.lines)
    return ordinary
