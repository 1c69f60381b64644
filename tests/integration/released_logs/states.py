"""The state of a thing as one hash, the same on every machine."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from dispatch.application import DispatchLog
from domain.base import Aggregate


def frozen_states(log: DispatchLog, ids: Iterable[UUID]) -> dict[str, dict[str, Any]]:
    """For each id: the kind of thing, the names of its fields, and the hash of their values."""
    frozen = {}
    for its_id in ids:
        thing: Aggregate = log.repository.get(its_id)
        fields = sorted(name for name in vars(thing) if name != "_pending_events")
        frozen[str(its_id)] = {
            "kind": thing.TOPIC,  # type: ignore[attr-defined]
            "fields": fields,
            "hash": hash_of(thing, fields),
        }
    return frozen


def hash_of(thing: Aggregate, fields: list[str]) -> str:
    """Of the named fields alone, so that a field that came later breaks nothing."""
    state = {name: plain(getattr(thing, name)) for name in fields}
    return hashlib.sha256(json.dumps(state, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
