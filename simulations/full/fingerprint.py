"""What a whole log says, in one number."""

from hashlib import sha256

from dispatch.application import DispatchLog

AT_ONCE = 5_000


def fingerprint(log: DispatchLog) -> str:
    """SHA-256 of every fact in its order, letter by letter as a live log keeps it."""
    seen, place = sha256(), 1
    while page := log.select(place, AT_ONCE):
        for _, fact in page:
            kept = log.mapper.to_stored_event(fact)
            seen.update(f"{kept.originator_id} {kept.originator_version} {kept.topic} ".encode())
            seen.update(kept.state + b"\n")
        place = page[-1][0] + 1
    return seen.hexdigest()
