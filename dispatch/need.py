"""What is asked of those who advise: one incident, as far as choosing is concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dispatch.policies.choice import Coverage, DispatchPolicy, Soonest
from domain.values import Needs, Position


@dataclass(frozen=True, slots=True)
class Need:
    """The incident as far as choosing is concerned.

    plan        : the name of a response plan, where the triage card names one
    target_s    : how soon somebody should be there, from now: what the city promises, less what has passed
                  since the call; 0 when it is too late for that
    """

    incident_id: str
    position: Position
    needs: Needs
    priority: str = "P2"
    patients: int = 1
    alarm_level: int = 1
    determinant: str | None = None
    plan: str | None = None
    target_s: float | None = None


def left_of(promised_s: float, waited_s: float) -> float:
    """How soon somebody must be there now to be in time. Seconds; never below 0."""
    return max(0.0, promised_s - max(0.0, waited_s))


@dataclass(frozen=True, slots=True)
class Choosing:
    """By which policy units are ordered, and on what coverage it goes.

    inputs : all that makes the same policy and coverage again, plain JSON: it is stored with a decision
    """

    policy: DispatchPolicy = field(default_factory=Soonest)
    coverage: Coverage | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)


BY_TIME = Choosing()
"""Where a city chose no policy."""
