"""A city that lives on the real system: callers, crews and hospitals who know Vigil only by its HTTP API."""

from simulations.living_demo.life import run

__all__ = ["run"]
