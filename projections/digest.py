"""One short text that says whether two sets of rows are equal."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from projections.rows import Row

CANONICAL = msgspec.json.Encoder(order="sorted")


def canonical(row: Row) -> bytes:
    """The same row is always the same letters: keys in order, no spaces, Vietnamese as it is, in UTF-8."""
    return CANONICAL.encode(row)


def digest_of_rows(rows: Iterable[Row]) -> str:
    """SHA-256 over the canonical rows of one view, ordered by id."""
    return digest_of_ordered(sorted(rows, key=lambda row: str(row["id"])))


def digest_of_ordered(rows: Iterable[Row]) -> str:
    """The same of rows that come in the order of their ids, so that a million need not be held at once."""
    summed = sha256()
    for row in rows:
        summed.update(canonical(row))
        summed.update(b"\n")
    return summed.hexdigest()


def digest_of_all(digests: Mapping[str, str]) -> str:
    """SHA-256 over the digests of all views, ordered by name."""
    told = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return sha256(told.encode()).hexdigest()
