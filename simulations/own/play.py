"""A night by a policy of one's own: Python is asked at every decision, all else is the compiled lean path."""

import numpy as np

from routing.arrays import Int32s
from simulations.lean.columns import NOBODY, Fleet, Ground, Incidents
from simulations.lean.plan import ASKED, ASKED_WHERE, Plan
from simulations.lean.run import Outcome
from simulations.own.asked import Asked, Candidate, Freed, Known, Post, Where, Whom
from simulations.own.step import NOTHING, WHOM, Run, begun, go_on


class BadAnswer(ValueError):
    """The sentence says what a policy answered that cannot be."""


def asking(plan: Plan, whom: bool, where: bool) -> Plan:
    """The plan, with these decisions left to somebody outside."""
    if whom:
        plan = plan._replace(policy=np.full(len(plan.policy), ASKED, np.int32))
    if where:
        plan = plan._replace(move_up=plan.move_up._replace(how=ASKED_WHERE))
    return plan


def play_own(
    incidents: Incidents,
    fleet: Fleet,
    ground: Ground,
    hospital_of: Int32s,
    plan: Plan,
    known: Known,
    whom: Whom | None = None,
    where: Where | None = None,
) -> Outcome:
    """As `lean.run.simulate`. Who is not given is decided as the plan says. Raises BadAnswer."""
    run = begun(incidents, fleet, ground, hospital_of, asking(plan, whom is not None, where is not None))
    question = go_on(run)
    while question != NOTHING:
        if question == WHOM:
            assert whom is not None
            asked = Asked(run, known)
            answer = _unit(whom(asked), asked)
        else:
            assert where is not None
            leaves = Freed(run, known)
            answer = _post(where(leaves), leaves)
        question = go_on(run, answer)
    return Outcome(run.served, run.state.where.driven_m, run.state.place)


def _unit(answer: Candidate | str | None, asked: Asked) -> int:
    """Raises BadAnswer."""
    if answer is None:
        return NOBODY
    said = answer.callsign if isinstance(answer, Candidate) else answer
    if said not in asked.known.callsigns:
        raise BadAnswer(f"The policy answered {said!r}; that is no unit.")
    unit = asked.known.callsigns.index(said)
    check_unit(asked.run, unit, said)
    return unit


def check_unit(run: Run, unit: int, said: str) -> None:
    """Raises BadAnswer for who cannot be sent."""
    if not np.isfinite(run.seen.arrival_s[unit]):
        why = "has no way there" if run.state.free[unit] else "is not free"
        raise BadAnswer(f"The policy answered {said}, which {why}.")


def _post(answer: Post | str | None, leaves: Freed) -> int:
    """Raises BadAnswer."""
    if answer is None:
        return NOBODY
    said = answer.name if isinstance(answer, Post) else answer
    for each in leaves.posts:
        if each.name == said:
            return each.post
    raise BadAnswer(f"The policy sent {leaves.callsign} to {said!r}; to no such post is there a way from it.")
