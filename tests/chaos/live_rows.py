"""The rows a running centre shows, beside those that folding its log from zero gives."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec

from api.dress import Dress
from api.postgres.address import Address
from api.streams.relay_log import postgres_log_to_read
from dispatch.city_file import load_city
from dispatch.rules_file import load_rules
from projections.memory import MemoryViews
from tests.server import Ground, ok

VIEWS = ("units", "calls", "incidents", "runs", "hospitals")
"""Those with a list of their own. Nothing in them ended so long ago that it is listed no more."""
PAGE = 5_000
Rows = dict[str, Any]


def live_differences(client: httpx.Client, database: Address, ground: Ground) -> Iterator[str]:
    """Each row that differs, in words.

    client : of an account that sees all;  ground : whose limits the rows are served with
    """
    true = from_the_log(database, ground)
    for view in VIEWS:
        rows = ok(client.get(f"/{view}"))
        yield from compared(view, {row["id"]: row for row in rows}, true[view])


def compared(view: str, shown: Rows, true: Rows) -> Iterator[str]:
    for name in sorted(shown.keys() | true.keys()):
        if name not in shown or name not in true or not _says(_at_rest(shown[name]), true[name]):
            yield f"{view}: the centre shows {shown.get(name)}, the log says {true.get(name)}"


def from_the_log(database: Address, ground: Ground) -> dict[str, Rows]:
    """{view: {id: row}} as a centre sends them, with the waits that run and what may be undone."""
    views, log = MemoryViews(), postgres_log_to_read(database)
    try:
        while facts := log.select(views.position + 1, PAGE):
            views.take(*views.fold(facts))
    finally:
        log.close()
    dressed = _dress(views, ground)
    return {
        view: {row["id"]: row for row in msgspec.json.decode(msgspec.json.encode(dressed.rows(view, rows)))}
        for view, rows in ((view, views.rows(view)) for view in VIEWS)
    }


def _dress(views: MemoryViews, ground: Ground) -> Dress:
    folder = ground.cities / ground.city
    targets = load_city(folder).targets
    rules = load_rules(folder, targets)
    return Dress(targets, rules.safety, rules.undo, views, lambda: datetime.now(UTC))


def _says(shown: Any, true: Any) -> bool:
    """Whether all that is shown is so; a row keeps more than its list shows."""
    if isinstance(shown, dict) and isinstance(true, dict):
        return all(name in true and _says(value, true[name]) for name, value in shown.items())
    if isinstance(shown, list) and isinstance(true, list):
        return len(shown) == len(true) and all(map(_says, shown, true))
    return bool(shown == true)


def _at_rest(row: dict[str, Any]) -> dict[str, Any]:
    """Without where a unit is just now: that is no fact of the log."""
    return {name: value for name, value in row.items() if name != "position" or "callsign" not in row}
