"""The callers' own words beside an advice. They are no part of it: what is decided by never holds them."""

import msgspec

from projections.rows import Row


def with_words(answer: bytes, incident: Row | None) -> bytes:
    """answer : a JSON object as it was written; the row of its incident as it stands now"""
    if incident is None:
        return answer
    beside = {
        "caller_words": incident.get("caller_words", []),
        "place_confirmed": incident.get("place_confirmed", True),
    }
    return answer[:-1] + b"," + msgspec.json.encode(beside)[1:]
