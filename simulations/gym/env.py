"""One night as one episode: every decision of the dispatcher is a step. The lean path does all else."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import gymnasium as gym
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from routing.arrays import Float64s
from simulations.city_model.draw import draw
from simulations.experiment.experiment import Rival
from simulations.experiment.replicate import met
from simulations.gym.seen import Observed, observation_space
from simulations.lean.columns import NOBODY, Bools
from simulations.nights.nights import Nights
from simulations.nights.play import AS_IT_IS, Ready, experiment_of
from simulations.own.asked import Asked, Freed
from simulations.own.play import asking
from simulations.own.step import NOTHING, WHOM, Run, begun, go_on

NIGHTS: Final = 2**31
"""So many nights can be drawn for an episode."""
TRIES: Final = 100
Observation = dict[str, Any]
Mask = NDArray[np.int8]


class DispatchEnv(gym.Env[Observation, np.int64]):
    """A night to learn on.

    action      : the number of the unit that goes, in the order of the callsigns; behind the units comes
                  nobody: the incident waits and is asked about again when a unit is free or comes on duty.
                  With `where=True` it is also asked where a unit goes that became free and is not needed:
                  then nobody means home, and the actions behind it the post of that number
    mask        : `info["action_mask"]`, also `action_masks()`: int8, 1 for what can be done. An action that
                  cannot be done, or that there is not, counts as nobody, and `info["refused"]` is True
    observation : `simulations/gym/seen.py` says what, and in which units
    reward      : "late": -1 for each call that nobody reaches within the target of its priority, told when
                  its unit is sent (or at the end, for those nobody was sent to). "minutes": minus the minutes
                  from the ring to the first crew on scene, told then too; a day (1,440) for those nobody
                  reaches. Calls that ring in the warm-up count for nothing
    episode     : a night, drawn anew; `reset(options={"night": 3})` plays that night of the nights

    The same seed gives the same nights, and the same actions the same bits.
    """

    metadata: Mapping[str, Any] = {"render_modes": []}  # type: ignore[assignment]

    def __init__(
        self,
        nights: Nights,
        like: Rival = AS_IT_IS,
        where: bool = False,
        reward: Literal["late", "minutes"] = "late",
    ) -> None:
        """Raises BadExperiment, ValueError."""
        if reward not in ("late", "minutes"):
            raise ValueError(f"The reward is counted in 'late' calls or in 'minutes', not in {reward!r}.")
        self.nights, self.like, self.where, self.counts = nights, like, where, reward
        self._ready = Ready.of(nights, experiment_of(nights, [like], "Learning"))
        self._rival = self._ready.columns[like.name]
        self._known = self._ready.known[like.name]
        self.units, self.posts = len(self._known.callsigns), len(self._known.posts)
        self._actions = self.units + 1 + (self.posts if where else 0)
        self.action_space = spaces.Discrete(self._actions)
        self._observed = Observed(self._known)
        self.observation_space = observation_space(self.units)
        self._run: Run | None = None
        self._question = NOTHING
        self._told: Bools = np.zeros(0, np.bool_)

    @property
    def nobody(self) -> int:
        """The action that sends nobody, or a freed unit home."""
        return self.units

    @property
    def run(self) -> Run:
        """Raises RuntimeError before the first reset."""
        if self._run is None:
            raise RuntimeError("Nothing is under way: call reset first.")
        return self._run

    def asked(self) -> Asked | Freed:
        """The question as a policy of one's own gets it."""
        return Asked(self.run, self._known) if self._question == WHOM else Freed(self.run, self._known)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        super().reset(seed=seed)
        wanted = None if options is None else options.get("night")
        for _ in range(TRIES):
            number = int(self.np_random.integers(NIGHTS)) if wanted is None else int(wanted)
            self._begin(number)
            if self._question != NOTHING:
                return self._look(), self._info(night=number, refused=False)
            if wanted is not None:
                break
        raise ValueError("Nobody rings in these nights, so there is nothing to decide.")

    def _begin(self, number: int) -> None:
        nights = self.nights
        whole = nights.warm_up_hours + nights.hours
        night = draw(nights.service.model, nights.begins, whole, nights.seed, number)
        its = met(self._rival, night)
        plan = asking(its.plan, whom=True, where=self.where)
        ground = self._ready.inputs.ground.columns
        self._run = begun(its.incidents, self._rival.fleet, ground, self._rival.hospital_of, plan)
        self._told = its.incidents.rang_s < nights.warm_up_hours * 3600.0
        self._question = go_on(self._run)

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Raises RuntimeError when the night is over."""
        if self._question == NOTHING:
            raise RuntimeError("The night is over: call reset.")
        done = int(action)
        refused = not 0 <= done < self._actions or not self.action_masks()[done]
        if refused or done == self.nobody:
            answer = NOBODY
        else:
            answer = done if self._question == WHOM else done - self.units - 1
        self._question = go_on(self.run, answer)
        over = self._question == NOTHING
        return self._look(), self._reward(over), over, False, self._info(refused=refused)

    def action_masks(self) -> Mask:
        """int8[actions], 1 for what can be done now."""
        mask = np.zeros(self._actions, np.int8)
        mask[self.nobody] = 1
        if self._question == WHOM:
            mask[: self.units] = np.isfinite(self.run.seen.arrival_s)
        elif self._question != NOTHING:
            mask[[self.units + 1 + each.post for each in Freed(self.run, self._known).posts]] = 1
        return mask

    def _reward(self, over: bool) -> float:
        incidents, served = self.run.incidents, self.run.served
        new = ~self._told & (np.isfinite(served.sent_s) | over)
        self._told |= new
        response_s: Float64s = np.round(served.on_scene_s[new] - incidents.rang_s[new], 3)
        if self.counts == "minutes":
            return -float(np.minimum(response_s / 60.0, 1440.0).sum())
        target_s = np.array(self._known.target_s)[incidents.priority[new]]
        return -float((response_s > target_s).sum())

    def _look(self) -> Observation:
        return self._observed.look(self.run, self._question)

    def _info(self, **more: Any) -> dict[str, Any]:
        return {"action_mask": self.action_masks(), "now_s": float(self.run.state.now_s[0]), **more}
