"""One event as it goes out to people and programs: what, when, when heard, by whom."""

from typing import Any

from domain.base import Fact
from projections.rows import Row, id_text, moment, plain

INNER = frozenset({"originator_id", "originator_version", "timestamp", "act"})
"""What the event library and the act keep; the rest is what the event says."""


def topic_of(event: Fact) -> str:
    """The name under which it stands in the log, such as `Run.Assigned`."""
    kind = type(event)
    return str(getattr(kind, "TOPIC", kind.__qualname__))


def said_by(event: Fact, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The event's own facts, and the id of the thing it belongs to, as `run_id` or `call_id`."""
    unsaid = INNER | without
    facts = {name: plain(fact) for name, fact in vars(event).items() if name not in unsaid}
    owner = topic_of(event).partition(".")[0].lower()
    if owner in ("call", "incident", "run", "unit"):
        facts.setdefault(f"{owner}_id", id_text(event.originator_id))
    return facts


def record(seq: int, event: Fact, without: frozenset[str] = frozenset()) -> Row:
    """`{seq, topic, at, recorded_at, actor, data}`; `at` is when it happened, `recorded_at` when we heard.

    without : names of facts that are left out, however long they are
    """
    return {
        "seq": seq,
        "topic": topic_of(event),
        "at": moment(event.act.at),
        "recorded_at": moment(event.act.heard_at),
        "actor": event.act.actor,
        "data": said_by(event, without),
    }
