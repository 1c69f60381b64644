"""Nights as a Gymnasium environment, for learners. Gymnasium is wanted for that, and for nothing else."""

try:
    import gymnasium as _gymnasium  # noqa: F401
except ImportError as missing:
    raise ImportError(
        "simulations.gym wants Gymnasium, which is not here: pip install -e '.[gym]' in Vigil's folder."
    ) from missing

from simulations.gym.env import DispatchEnv

__all__ = ["DispatchEnv"]
