"""A view whose rows never hold who called, from where by name, or what anybody typed freely."""

from collections.abc import Callable

from domain.base import Fact
from projections.rows import Row, View

Forget = Callable[[Row], Row]


class Impersonal:
    """Another view's fold, the personal words taken out of each row before it is kept.

    They are out before the next event is folded too: so a row that was stored and read again goes on
    exactly like one that never left memory.
    """

    def __init__(self, inner: View, forget: Forget) -> None:
        self.name, self.facts = inner.name, inner.facts
        self.keys = inner.keys
        self._inner, self._forget = inner, forget

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        after = self._inner.fold(key, row, event, seq)
        if after is None or after is row:
            return after
        after = self._forget(after)
        if row is not None and {**after, "seq": row["seq"]} == row:
            return row  # only a word changed that is not kept
        return after


def of_call(row: Row) -> Row:
    """A phone number is never empty in a row, so that it reads as what it is: not kept."""
    return {
        **row,
        "phone": "",
        "caller_name": None,
        "address": None,
        "complaint": "",
        "closed_reason": None,
        "actor": None,
        "caller_words": None,
        "suspicion": None,
        "claimed_by": None,
        "claimed_until": None,
        "referral": None,
    }


def of_incident(row: Row) -> Row:
    """Whether a scene is dangerous stays, and what became of a proposal; the words go."""
    unsaid = {"address": None, "complaint": "", "closed_reason": None, "safety_call": None}
    danger = None if row["danger"] is None else ""
    auto = row["auto_dispatch"] and {**row["auto_dispatch"], "by": None, "why": None}
    return {**row, **unsaid, "danger": danger, "auto_dispatch": auto, "caller_words": []}


def of_run(row: Row) -> Row:
    """That a recommendation was overridden stays; the words of the reason go."""
    corrections = [
        {"milestone": each["milestone"], "was": each["was"], "at": each["at"]} for each in row["corrections"]
    ]
    undone = [{"milestone": each["milestone"], "was": each["was"]} for each in row["undone"]]
    overridden = None if row["override_reason"] is None else ""
    return {
        **row,
        "override_reason": overridden,
        "reason": None,
        "assigned_by": None,
        "caller_words": None,
        "corrections": corrections,
        "undone": undone,
    }


def of_unit(row: Row) -> Row:
    """Why somebody is off duty may be an illness; so may be why a car is kept back or a post refused."""
    withdrawn = row["withdrawn"] and {**row["withdrawn"], "reason": None, "by": None}
    refused = row.get("post_refused") and {**row["post_refused"], "reason": None}
    return {**row, "reason": None, "withdrawn": withdrawn, "post_refused": refused}
