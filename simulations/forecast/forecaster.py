"""What every forecaster is asked."""

from typing import Protocol

from simulations.forecast.law import Law
from simulations.forecast.series import Hourly


class Forecaster(Protocol):
    """Learns from a history, then says something of the hours that follow any later one."""

    name: str

    def learn(self, history: Hourly) -> None:
        """Of what was known until then, and of nothing else. Raises ValueError where that is too short."""

    def ahead(self, history: Hourly, hours: int) -> Law:
        """The law of each of the `hours` that follow the history, which is the learned one or longer."""
