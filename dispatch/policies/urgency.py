"""The four classes of urgency by which the 115 services of the country speak, over our priorities."""

from typing import NamedTuple

from dispatch.policies.card import Words
from domain.values import Priority


class Urgency(NamedTuple):
    code: str
    title: Words


CRITICAL = Urgency("critical", {"vi": "Nguy kịch", "en": "Critical"})
URGENT = Urgency("urgent", {"vi": "Khẩn cấp", "en": "Urgent"})
TRANSPORT = Urgency("transport", {"vi": "Vận chuyển", "en": "Transport"})
NO_EMERGENCY = Urgency("no_emergency", {"vi": "Không phải cấp cứu", "en": "Not an emergency"})

_OF = {Priority.P1: CRITICAL, Priority.P2: URGENT, Priority.P3: TRANSPORT, Priority.P4: TRANSPORT}


def urgency_of(priority: str | None) -> Urgency:
    """None is no emergency."""
    return NO_EMERGENCY if priority is None else _OF[Priority(priority)]


def rank(priority: str | None) -> int:
    """0 for the most urgent; no emergency comes after all."""
    return len(Priority) if priority is None else list(Priority).index(Priority(priority))
