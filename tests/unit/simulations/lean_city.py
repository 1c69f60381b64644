"""Cities for the lean path that can be worked out on paper."""

import numpy as np

from simulations.lean.columns import Fleet, Ground, Incidents


def one_spot(units: int) -> Ground:
    """Everything is at one spot, so nobody drives: what is left is a queue with servers."""
    none = np.zeros((1, 1, 1))
    spot = np.zeros(1, np.int32)
    return Ground(
        to_scene_s=none,
        to_scene_m=none,
        to_hospital_s=np.zeros((1, 1)),
        to_hospital_m=np.zeros((1, 1)),
        place_spot=spot,
        hospital_spot=spot,
        base_spot=spot,
        leaves=spot,
        home_s=none,
        home_m=none,
        home_first=np.zeros((1, 1, 1), np.int64),
        passes=spot,
        step_s=30.0,
        cell=spot,
    )


def servers(count: int) -> Fleet:
    """At once on their way, and able to do everything but take somebody along."""
    return Fleet(
        kind=np.zeros(count, np.int32),
        base=np.zeros(count, np.int32),
        able=np.ones((count, 1), np.bool_),
        carries=np.zeros(count, np.bool_),
        turnout_s=np.zeros(count),
    )


def calls(rang_s: np.ndarray, scene_s: np.ndarray, places: np.ndarray | None = None) -> Incidents:
    """One kind of call, looked at as soon as it rings."""
    count = len(rang_s)
    return Incidents(
        rang_s=rang_s,
        opened_s=rang_s,
        place=np.zeros(count, np.int32) if places is None else places.astype(np.int32),
        priority=np.zeros(count, np.int32),
        need=np.zeros(count, np.int32),
        scene_s=scene_s,
        transports=np.zeros(count, np.bool_),
        handover_s=np.zeros(count),
        clear_s=np.zeros(count),
    )


NOWHERE = np.full((1, 1), -1, np.int32)
