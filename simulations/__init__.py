"""Other nights: the live system's rules and road times, under another clock.

For a notebook (`docs/notebooks/other-nights.ipynb`):

    from simulations import Own, Rival, open_town, simulate

    town = open_town()                                   # or open_city, open_model, open_jemss
    nights = town.nights(hours=24, replications=20)      # the same words, the same calls
    print(simulate(nights, ["closest", "dmexclp"]))      # paired on the same calls, with intervals

Each name is loaded when it is first used, so `import simulations` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulations.experiment.experiment import Rival
    from simulations.nights.nights import Nights
    from simulations.nights.open import open_city, open_jemss, open_model, open_town
    from simulations.nights.past import open_past
    from simulations.nights.play import Own, simulate
    from simulations.nights.played import Played
    from simulations.nights.record import record
    from simulations.nights.scenarios import play_scenario
    from simulations.nights.service import Service
    from simulations.own.asked import Asked, Candidate, Freed, Post
    from simulations.own.play import BadAnswer

__all__ = [
    "Asked",
    "BadAnswer",
    "Candidate",
    "Freed",
    "Nights",
    "Own",
    "Played",
    "Post",
    "Rival",
    "Service",
    "open_city",
    "open_jemss",
    "open_model",
    "open_past",
    "open_town",
    "play_scenario",
    "record",
    "simulate",
]

_HOME = {
    "Asked": "own.asked",
    "BadAnswer": "own.play",
    "Candidate": "own.asked",
    "Freed": "own.asked",
    "Nights": "nights.nights",
    "Own": "nights.play",
    "Played": "nights.played",
    "Post": "own.asked",
    "Rival": "experiment.experiment",
    "Service": "nights.service",
    "open_city": "nights.open",
    "open_jemss": "nights.open",
    "open_model": "nights.open",
    "open_past": "nights.past",
    "open_town": "nights.open",
    "play_scenario": "nights.scenarios",
    "record": "nights.record",
    "simulate": "nights.play",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'simulations' has no attribute {name!r}")
    return getattr(import_module(f"simulations.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
