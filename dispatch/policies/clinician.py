"""Who waits for a clinician: whoever waits long for an ambulance, needs none, or was referred."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from dispatch.policies.urgency import rank
from domain.safety_call import Finding

Why = Literal["referred", "waiting", "no_emergency"]
Seconds = Annotated[float, Meta(gt=0)]


@dataclass(frozen=True, slots=True)
class ClinicianRules:
    """recheck_after_s : priority -> who waits so long with nobody on the way is rung back, and again after
                      as long; nobody of a priority that is not named
    retry_after_s   : after a call that nobody answered
    """

    recheck_after_s: Mapping[str, Seconds] = field(
        default_factory=lambda: {"P2": 600.0, "P3": 1800.0, "P4": 3600.0}
    )
    retry_after_s: Seconds = 180.0


@dataclass(frozen=True, slots=True)
class Patient:
    """A call without an incident, or an incident, as far as waiting goes by it.

    priority      : None where the answers found no emergency
    triaged       : whether any card was used; without one, None means nothing yet
    waiting_since : since when nobody is on the way; None while somebody is
    referred_at   : when a taker last asked for a clinician
    rung_at       : when somebody last rang back; `found` is what they found
    """

    id: str
    priority: str | None
    triaged: bool
    waiting_since: datetime | None
    referred_at: datetime | None = None
    rung_at: datetime | None = None
    found: str | None = None


class Place(NamedTuple):
    """In the clinicians' queue: why, since when they wait, and when somebody should have rung."""

    id: str
    why: Why
    since: datetime
    due_at: datetime


def clinician_queue(patients: Iterable[Patient], rules: ClinicianRules, now: datetime) -> list[Place]:
    """All who are due, the most urgent first, then the longest overdue."""
    due = [
        (rank(patient.priority), place.due_at, place.id, place)
        for patient in patients
        if (place := _place(patient, rules)) is not None and place.due_at <= now
    ]
    return [place for *_, place in sorted(due)]


def _place(patient: Patient, rules: ClinicianRules) -> Place | None:
    """Where the patient stands in the queue, sooner or later; None for one that no clinician looks after."""
    referred = patient.referred_at
    if referred is not None and (patient.rung_at is None or patient.rung_at < referred):
        return Place(patient.id, "referred", referred, referred)
    since = patient.waiting_since
    if since is None:
        return None
    if patient.priority is None:
        again = patient.rung_at is not None  # looked at already, and left open on purpose
        return Place(patient.id, "no_emergency", since, since) if patient.triaged and not again else None
    limit = rules.recheck_after_s.get(patient.priority)
    if limit is None:
        return None
    if patient.rung_at is not None and patient.rung_at > since:
        wait = rules.retry_after_s if patient.found == Finding.NO_ANSWER else limit
        return Place(patient.id, "waiting", since, patient.rung_at + timedelta(seconds=wait))
    return Place(patient.id, "waiting", since, since + timedelta(seconds=limit))
