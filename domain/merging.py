"""Two incidents that are one, and two again.

What one has goes to the other and comes back: its calls, and its runs, those that are over too. Nothing is
copied and nothing lost; the notes stay where they were written, and the timeline reads both. A run or a call
that came after the merge belongs to the one that stayed open, and stays there.
"""

from uuid import UUID

from domain.call_errors import MergedWithItself, NoCallLeft, NotMerged
from domain.incident import Incident
from domain.known import but_for_news, together
from domain.values import Act

MOVED = "moved"
"""The outcome of a run for the incident it leaves: it goes on at the other."""


def merge(incident: Incident, into: Incident, act: Act) -> None:
    """`into` takes over; what is known of either is known of it from now on (`domain/known.py`).

    The calls and the runs are moved by whoever has them, in the same save. Refuses where one of both is over
    or merged already.
    """
    if incident.id == into.id:
        raise MergedWithItself(number=into.number)
    into.refuse_if_over()
    incident.refuse_if_over()
    known, brought = together(into.known(), incident.known()), list(incident.serving)
    into.absorb(incident, act)
    into.combine(known, incident.number, act)
    incident.go_into(into.id, into.number, act)
    for run_id in brought:
        _hand_over(run_id, incident, into, act)
    into.warn(known.danger, brought if incident.danger != known.danger else [], act)


def unmerge(incident: Incident, stayed: Incident, act: Act) -> tuple[list[UUID], list[UUID]]:
    """The calls and the runs that come back: those it brought that are still there.

    What is known falls back to what it was, save where somebody said otherwise since. Raises NoCallLeft where
    calls were taken out since, so that one of both would have none.
    """
    if incident.id not in stayed.absorbed:
        raise NotMerged(number=incident.number)
    stayed.refuse_if_over()
    brought = stayed.absorbed[incident.id]
    call_ids = [each for each in brought.call_ids if each in stayed.call_ids]
    run_ids = [each for each in brought.run_ids if each in stayed.run_ids]
    for left, calls in ((incident, call_ids), (stayed, set(stayed.call_ids) - set(call_ids))):
        if not calls:
            raise NoCallLeft(number=left.number)
    was, now = stayed.known_together(), stayed.known()
    for run_id in run_ids:
        if run_id in stayed.serving:
            _hand_over(run_id, stayed, incident, act)
    stayed.give_back(incident.id, incident.number, call_ids, run_ids, act)
    known = but_for_news(was, now, stayed.known_together())
    stayed.combine(known, incident.number, act)
    stayed.warn(known.danger, [], act)
    incident.come_back(stayed.id, stayed.number, call_ids, act)
    incident.warn(incident.danger, run_ids if incident.danger != now.danger else [], act)
    return call_ids, run_ids


def _hand_over(run_id: UUID, of: Incident, to: Incident, act: Act) -> None:
    callsign = of.serving[run_id]
    of.end_run(run_id, MOVED, act)
    to.take_run(run_id, callsign, act)
