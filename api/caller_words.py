"""What stands beside an advice and is no part of it: the callers' own words, by which nothing is decided, and
who is as good as the first."""

from collections.abc import Sequence

import msgspec

from projections.rows import Row


def with_words(answer: bytes, incident: Row | None, as_good: Sequence[str] = ()) -> bytes:
    """answer : a JSON object as it was written; the row of its incident as it stands now

    as_good : callsigns of those who tie with the first
    """
    if incident is None:
        return answer
    beside = {
        "caller_words": incident.get("caller_words", []),
        "place_confirmed": incident.get("place_confirmed", True),
        "as_good": as_good,
    }
    return answer[:-1] + b"," + msgspec.json.encode(beside)[1:]
