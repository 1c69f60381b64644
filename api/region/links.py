"""When each centre was heard from last: by its relay, which says how far it is, and by the centre itself.

Both speak every few seconds, also where nothing happens. So a quiet centre is told from one that is gone,
and how old what is known of a centre may be from how long ago anything happened there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import msgspec

from api.streams.checkpoint import Checkpoint
from api.streams.presence import Presence

FRESH_S: Final = 30.0
CUT_OFF_S: Final = 120.0
"""A centre that was silent for longer is called cut off. Its part stays, with its age."""

RELAYS: Final = msgspec.json.Decoder(Checkpoint)
CENTRES: Final = msgspec.json.Decoder(Presence)


@dataclass(frozen=True, slots=True)
class Link:
    """relay_at, centre_at : when each spoke last, None where it never did
    complete_to : all that stood in the centre's log at this moment is in Kafka
    """

    relay_at: datetime | None = None
    complete_to: datetime | None = None
    centre_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """state : "fresh", "late" or "cut_off"; "relay_only" where all is well but that the centre itself never
              spoke; "unknown" where the page has not listened long enough to tell
    age_s : how old what is known may be, None where nothing is
    spoke_s : how long ago "relay" and "centre" spoke last, None who never did
    silent : which of them are; of a centre that never spoke nobody can tell
    """

    state: str
    age_s: float | None
    spoke_s: Mapping[str, float | None]
    silent: tuple[str, ...]


class Links:
    """By centre. A sign counts from when the broker had it, so a centre's clock makes it neither old nor
    immortal; an older sign that is read again, or late, changes nothing."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}

    def hear_relay(self, value: bytes, written_at: datetime | None, now: datetime) -> None:
        """A checkpoint. written_at : by the broker's clock, None where it does not say.

        Raises one of UNREADABLE.
        """
        said = RELAYS.decode(value)
        if said.at is None:  # a relay of an earlier version says nothing of time
            return
        known, at = self._links.get(said.centre, Link()), min(written_at or said.at, now)
        if known.relay_at is not None and at < known.relay_at:
            return
        complete_to = known.complete_to
        if said.complete_to is not None:  # both by the centre's clock: only how far they lie apart counts
            complete_to = at - max(said.at - said.complete_to, timedelta())
        self._links[said.centre] = replace(known, relay_at=at, complete_to=complete_to)

    def hear_centre(self, value: bytes, written_at: datetime | None, now: datetime) -> None:
        """A sign of life of the centre itself. Raises one of UNREADABLE."""
        said = CENTRES.decode(value)
        known, at = self._links.get(said.centre, Link()), min(written_at or said.at, now)
        if known.centre_at is None or at > known.centre_at:
            self._links[said.centre] = replace(known, centre_at=at)

    def forget(self, key: bytes | None, relay: bool) -> None:
        """An empty record: whoever spoke there is gone for good."""
        name = (key or b"").decode(errors="replace")
        if (known := self._links.get(name)) is None:
            return
        left = Link(centre_at=known.centre_at) if relay else replace(known, centre_at=None)
        self._links[name] = left
        if left == Link():
            del self._links[name]

    def all(self) -> Mapping[str, Link]:
        return dict(self._links)


def judged(link: Link, newest: datetime | None, now: datetime, listening_since: datetime | None) -> Judged:
    """newest : the newest fact or position, by which is judged where the relay says nothing of itself
    listening_since : the page has heard everything since then, None while it hears nothing: who was not heard
    meanwhile need not have been silent
    """
    spoke_s = {"relay": _age(link.relay_at, now), "centre": _age(link.centre_at, now)}
    age_s = _age(link.complete_to or newest, now)
    judged_by = {"relay": _age(link.relay_at or newest, now)}
    if link.centre_at is not None:  # one that runs without --kafka never speaks
        judged_by["centre"] = spoke_s["centre"]
    silent = tuple(name for name, each in judged_by.items() if each is None or each > FRESH_S)
    listened_s = _age(listening_since, now)
    if listened_s is None or (silent and listened_s < FRESH_S):
        return Judged("unknown", age_s, spoke_s, ())
    if any(each is None or each > CUT_OFF_S for each in judged_by.values()):
        state = "cut_off"
    elif silent or age_s is None or age_s > FRESH_S:
        state = "late"
    else:
        state = "fresh" if link.centre_at is not None else "relay_only"
    return Judged(state, age_s, spoke_s, silent)


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else round(max(0.0, (now - at).total_seconds()), 1)
