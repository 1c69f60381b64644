"""What is counted of one replication: incidents after the warm-up, hours of units and of hospitals."""

from typing import NamedTuple

import numpy as np

from routing.arrays import Float64s, Int32s, Int64s
from simulations.experiment.experiment import Experiment
from simulations.experiment.inputs import RivalColumns, Words
from simulations.experiment.replicate import Replication
from simulations.lean.columns import Bools

HOUR_S = 3600.0


class Counted(NamedTuple):
    """Of the incidents that rang in the hours that are counted.

    chosen     : int64[counted], their numbers among all of the replication
    response_s : float64[counted], from the ring to the first crew on scene, inf for never
    late       : after the target of their priority, or never
    """

    chosen: Int64s
    response_s: Float64s
    late: Bools


class Hours(NamedTuple):
    """Each [who, hours that are counted]. began: how many; seconds: how long, of all of them."""

    began: Int64s
    seconds: Float64s


def counted(done: Replication, asked: Experiment, words: Words) -> Counted:
    rang_s = done.incidents.rang_s
    chosen = np.flatnonzero((rang_s >= asked.warm_up_s) & (rang_s < asked.ends_s))
    # To a millisecond: what is on time to the second is not late by a rounding of the machine.
    response_s = np.round(done.served.on_scene_s[chosen] - rang_s[chosen], 3)
    target_s = np.array(words.targets_s)[done.incidents.priority[chosen]]
    return Counted(chosen, response_s, response_s > target_s)


def unit_hours(done: Replication, rival: RivalColumns, asked: Experiment) -> Hours:
    """How many runs each unit began in an hour, and how long it was busy."""
    served = done.served
    sent = np.flatnonzero(served.unit >= 0)
    return by_hour(served.unit[sent], served.sent_s[sent], served.clear_s[sent], len(rival.fleet.kind), asked)


def duty_hours(rival: RivalColumns, asked: Experiment) -> Float64s:
    """float64[units, hours], how long each was on duty."""
    shifts, units = rival.plan.shifts, len(rival.fleet.kind)
    if shifts.on_s.shape[1] == 0:
        who, on_s, off_s = np.arange(units, dtype=np.int32), np.zeros(units), np.full(units, np.inf)
    else:
        unit, shift = np.nonzero(np.isfinite(shifts.on_s))
        who, on_s, off_s = unit.astype(np.int32), shifts.on_s[unit, shift], shifts.off_s[unit, shift]
    return by_hour(who, on_s, np.minimum(off_s, asked.ends_s), units, asked).seconds


def door_hours(done: Replication, hospitals: int, asked: Experiment) -> Hours:
    """How many patients came to each hospital in an hour, and how long units stood at its door."""
    served = done.served
    came = np.flatnonzero(served.hospital >= 0)
    return by_hour(served.hospital[came], served.at_hospital_s[came], _handed_s(done, came), hospitals, asked)


def bed_hours(done: Replication, hospitals: int, asked: Experiment) -> Float64s:
    """float64[hospitals, hours], how long beds were taken by patients that came by ambulance."""
    came = np.flatnonzero(done.served.hospital >= 0)
    from_s = _handed_s(done, came)
    until_s = from_s + done.stay_s[came]
    return by_hour(done.served.hospital[came], from_s, until_s, hospitals, asked).seconds


def waiting_hours(done: Replication, asked: Experiment) -> Float64s:
    """float64[hours], how many incidents waited for a unit, on the average of each. Those to whom nobody ever
    came are no queue: they would stand in it for all hours to come, and hide who waits and is served."""
    sent = np.flatnonzero(np.isfinite(done.served.sent_s))
    one = np.zeros(len(sent), np.int32)
    opened_s, sent_s = done.incidents.opened_s[sent], done.served.sent_s[sent]
    waited: Float64s = by_hour(one, opened_s, sent_s, 1, asked).seconds[0] / lengths_s(asked)
    return waited


def _handed_s(done: Replication, came: Int64s) -> Float64s:
    """When each was handed over: the crew is free so long before as it takes to be clear."""
    handed: Float64s = done.served.clear_s[came] - done.incidents.clear_s[came]
    return handed


def lengths_s(asked: Experiment) -> Float64s:
    """float64[hours], how long each hour that is counted is: the last may not be whole."""
    found: Float64s = np.minimum(asked.hours - np.arange(int(np.ceil(asked.hours))), 1.0) * HOUR_S
    return found


def by_hour(who: Int32s, begins_s: Float64s, ends_s: Float64s, count: int, asked: Experiment) -> Hours:
    """Stretches of time shared out among the hours that are counted; what lies outside is left out, also of a
    last hour that is not whole."""
    hours = int(np.ceil(asked.hours))
    begins = (begins_s - asked.warm_up_s) / HOUR_S
    ends = np.minimum((ends_s - asked.warm_up_s) / HOUR_S, asked.hours)
    began = np.zeros((count, hours), np.int64)
    inside = (begins >= 0) & (begins < asked.hours)
    np.add.at(began, (who[inside], begins[inside].astype(np.int64)), 1)
    seconds = np.zeros((count, hours))
    begins = np.maximum(begins, 0.0)
    some = np.flatnonzero(ends > begins)
    first, last = begins[some].astype(np.int64), np.ceil(ends[some]).astype(np.int64)
    lengths = last - first
    each = np.repeat(some, lengths)
    hour = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    hour += np.repeat(first, lengths)
    within = np.minimum(ends[each], hour + 1) - np.maximum(begins[each], hour)
    np.add.at(seconds, (who[each], hour), within * HOUR_S)
    return Hours(began, seconds)
