"""What a learner is shown at a decision: what a desk knows at that moment, in numbers of about one size.

question : 0 whom to send, 1 where a freed unit goes, 2 nothing more: the night is over
priority : 0 for P1 ... 3 for P4, of the incident; 0 where there is none
left     : minutes until somebody should be there, below zero where it is too late
scene    : km east and north of the middle of the places, of the incident; of the freed unit where it is the
           one that is asked about
waiting  : how many incidents wait
hour     : sine and cosine of the time of day, and of the time of the week
minutes  : of each unit, turnout and drive to the incident; 1,440 for who cannot be sent
able     : of each unit, whether it can do what is needed
doing    : of each unit, off duty, free, to scene, on scene, to hospital or at hospital
where    : of each unit, km east and north, where it was seen last; on a run the scene or the hospital
freed    : of each unit, whether it is the one that is asked about
"""

from typing import Any, Final

import numpy as np
from gymnasium import spaces

from simulations.own.asked import Asked, Known
from simulations.own.step import DOING, NOTHING, WHERE, WHOM, Run, freed

FAR_MIN: Final = 1440.0
KM_A_DEGREE: Final = 111.195
FAR_KM: Final = 1000.0
MOST_WAITING: Final = 100_000.0


def observation_space(units: int) -> spaces.Dict:
    return spaces.Dict(
        {
            "question": spaces.Discrete(3),
            "priority": spaces.Discrete(4),
            "left": spaces.Box(-FAR_MIN, FAR_MIN, (1,), np.float32),
            "scene": spaces.Box(-FAR_KM, FAR_KM, (2,), np.float32),
            "waiting": spaces.Box(0.0, MOST_WAITING, (1,), np.float32),
            "hour": spaces.Box(-1.0, 1.0, (4,), np.float32),
            "minutes": spaces.Box(0.0, FAR_MIN, (units,), np.float32),
            "able": spaces.MultiBinary(units),
            "doing": spaces.MultiDiscrete([len(DOING)] * units),
            "where": spaces.Box(-FAR_KM, FAR_KM, (units, 2), np.float32),
            "freed": spaces.MultiBinary(units),
        }
    )


class Observed:
    """Turns the arrays of a run into observations."""

    def __init__(self, known: Known) -> None:
        lat = np.array([each.lat for each in known.positions])
        lon = np.array([each.lon for each in known.positions])
        east = (lon - lon.mean()) * np.cos(np.radians(lat.mean())) * KM_A_DEGREE
        north = (lat - lat.mean()) * KM_A_DEGREE
        self._km = np.stack([east, north], axis=1).clip(-FAR_KM, FAR_KM).astype(np.float32)
        self._known = known

    def look(self, run: Run, question: int) -> dict[str, Any]:
        units, asked = len(run.fleet.kind), Asked(run, self._known)
        left_min, scene, priority = 0.0, np.zeros(2, np.float32), 0
        able, whose = np.zeros(units, np.int8), np.zeros(units, np.int8)
        minutes = np.full(units, FAR_MIN, np.float32)
        if question == WHOM:
            left_min = float(np.clip(asked.left_s / 60.0, -FAR_MIN, FAR_MIN))
            priority = int(run.incidents.priority[asked.incident])
            scene = self._km[run.ground.place_spot[run.incidents.place[asked.incident]]]
            able = asked.able.astype(np.int8)
            minutes = np.minimum(asked.seconds / 60.0, FAR_MIN).astype(np.float32)
        elif question == WHERE:
            scene = self._km[run.seen.spot[freed(run)]]
            whose[freed(run)] = 1
        return {
            "question": np.int64({WHOM: 0, WHERE: 1, NOTHING: 2}[question]),
            "priority": np.int64(priority),
            "left": np.array([left_min], np.float32),
            "scene": scene.copy(),
            "waiting": np.array([min(asked.waiting, MOST_WAITING)], np.float32),
            "hour": self._hour(asked),
            "minutes": minutes,
            "able": able,
            "doing": run.seen.doing.astype(np.int64),
            "where": self._km[run.seen.spot],
            "freed": whose,
        }

    def _hour(self, asked: Asked) -> np.ndarray:
        clock = asked.clock
        day = (clock.hour + clock.minute / 60.0) / 24.0
        week = (clock.weekday() + day) / 7.0
        turns = 2 * np.pi * np.array([day, day, week, week])
        return np.array([np.sin(turns[0]), np.cos(turns[1]), np.sin(turns[2]), np.cos(turns[3])], np.float32)
