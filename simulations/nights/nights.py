"""Nights of a service, drawn whenever somebody asks for one: the same for every rival."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from simulations.city_model.draw import NONE, Night, draw
from simulations.city_model.model import NO_INCIDENT, PRIORITIES

if TYPE_CHECKING:  # each knows the other
    from simulations.nights.service import Service


@dataclass(frozen=True, eq=False)
class Nights:
    """replications : how many; begins : of each, its warm-up included"""

    service: Service
    hours: float
    replications: int
    seed: int
    warm_up_hours: float
    begins: datetime

    def __len__(self) -> int:
        return self.replications

    def __getitem__(self, replication: int) -> Night:
        """Raises IndexError."""
        if not 0 <= replication < self.replications:
            raise IndexError(f"There are nights 0 to {self.replications - 1}, and no {replication}.")
        whole = self.warm_up_hours + self.hours
        return draw(self.service.model, self.begins, whole, self.seed, replication)

    def __iter__(self) -> Iterator[Night]:
        return (self[replication] for replication in range(self.replications))

    def calls(self, replication: int = 0) -> pa.Table:
        """All that ring in one of the nights, in that order; seconds since it began, its warm-up included."""
        its, model = self[replication].calls, self.service.model
        spots = [model.places[place].position for place in its.place.tolist()]
        words = [*PRIORITIES, NO_INCIDENT]
        return pa.table(
            {
                "rang_s": its.rang_s,
                "kind": [model.kinds[kind].id for kind in its.kind.tolist()],
                "priority": [words[each] for each in np.where(its.priority == NONE, -1, its.priority)],
                "lat": [spot.lat for spot in spots],
                "lon": [spot.lon for spot in spots],
                "transports": its.transports,
                "scene_s": its.scene_s,
                "handover_s": its.handover_s,
                "clear_s": its.clear_s,
                "talk_s": its.talk_s,
            }
        )
