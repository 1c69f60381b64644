"""One short text that says whether two sets of rows are equal."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from projections.rows import Row

CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(row: Row) -> str:
    """The same row is always the same text: keys in order, no spaces, Vietnamese letters as they are."""
    return CANONICAL.encode(row)


def digest_of_rows(rows: Iterable[Row]) -> str:
    """SHA-256 over the canonical rows of one view, ordered by id."""
    summed = sha256()
    for row in sorted(rows, key=lambda row: str(row["id"])):
        summed.update(canonical(row).encode())
        summed.update(b"\n")
    return summed.hexdigest()


def digest_of_all(digests: Mapping[str, str]) -> str:
    """SHA-256 over the digests of all views, ordered by name."""
    told = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return sha256(told.encode()).hexdigest()
