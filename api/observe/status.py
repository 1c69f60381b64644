"""The state of the whole in one value: the status page shows it, its JSON twin says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.centre import Centre
from api.observe.versions import vigil_version
from api.observe.vitals import State, Vital, Words, worst

NEEDED = frozenset({"log", "view", "database", "pen"})
"""Without these no call can be taken; without any other part it can. A centre has those that it has."""


@dataclass(frozen=True, slots=True)
class Status:
    """What anybody may know: no person, no call, no place in it.

    alarms   : those that stand, as every screen has them: code, text, since
    versions : of what runs, by name
    """

    state: State
    now: datetime
    started_at: datetime
    city: Words
    parts: Mapping[str, Vital]
    alarms: list[dict[str, Any]]
    versions: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "now": self.now.isoformat(),
            "started_at": self.started_at.isoformat(),
            "city": dict(self.city),
            "parts": [
                {
                    "name": name,
                    "state": vital.state,
                    "lag_events": vital.lag_events,
                    "lag_s": None if vital.lag_s is None else round(vital.lag_s, 1),
                    "sentence": dict(vital.sentence),
                }
                for name, vital in self.parts.items()
            ],
            "alarms": self.alarms,
            "versions": dict(self.versions),
        }


def status_of(centre: Centre, now: datetime) -> Status:
    """As of within the last second."""
    parts = centre.vitals.read()
    return Status(
        state=overall(parts),
        now=now,
        started_at=centre.started_at,
        city=centre.city.name,
        parts=parts,
        alarms=centre.alarms.frame()["alarms"],
        versions={
            "vigil": vigil_version(),
            "map": centre.desk.roads.map_version,
            "traffic": centre.traffic.version,
        },
    )


def overall(parts: Mapping[str, Vital]) -> State:
    """Failed where no call can be taken; late where anything else is not well."""
    if any(parts[name].state is State.FAILED for name in NEEDED & parts.keys()):
        return State.FAILED
    return State.WELL if worst(vital.state for vital in parts.values()) is State.WELL else State.LATE
