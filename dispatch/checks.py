"""Checks of what people type, shared by the handlers. Each refuses with a sentence."""

import re
from datetime import datetime

from dispatch.desk import Desk
from dispatch.policies.override import worded
from domain.call_errors import RangTooLongAgo
from domain.choosing_errors import UnknownOverrideCode
from domain.city import SPECIALITIES
from domain.errors import BadPhone, BadPriority, BadText, OutsideMap, UnknownService
from domain.outcome import TITLES, outcome_named
from domain.plain_text import plain, says_something
from domain.stretch_rules import middle
from domain.traffic import Stretch
from domain.triage_errors import ReasonOrOutcome
from domain.values import BedKind, Position, Priority

PHONE = re.compile(r"\+?[0-9(][0-9 .()-]{2,19}")


def rang_lately(rang_at: datetime, heard_at: datetime, desk: Desk) -> None:
    """What was kept on paper while nothing worked is entered later, and years later nobody waits any more."""
    limit_s = desk.rules.calls.entered_within_s
    if (heard_at - rang_at).total_seconds() > limit_s:
        raise RangTooLongAgo(at=rang_at.isoformat(), hours=limit_s / 3600)


def phone(text: str) -> str:
    """Digits with the usual marks. Three are enough: police and fire hand calls over as 113 and 114."""
    cleaned = text.strip()
    if not PHONE.fullmatch(cleaned) or sum(mark.isdigit() for mark in cleaned) < 3:
        raise BadPhone(phone=text[:40])
    return cleaned


def words(field: str, text: str, limit: int = 2000) -> str:
    """As it is kept. Raises BadText, also where nothing of it can be seen."""
    cleaned = plain(text).strip()
    if not says_something(cleaned) or len(cleaned) > limit:
        raise BadText(field=field, limit=limit)
    return cleaned


def optional_words(field: str, text: str | None, limit: int = 500) -> str | None:
    return words(field, text, limit) if text and says_something(plain(text)) else None


def override_reason(code: str | None, text: str | None, desk: Desk) -> str | None:
    """Why another goes than advised: a code of the city, and words if somebody has more to say."""
    known = desk.rules.override.codes
    if code is not None and code not in known:
        raise UnknownOverrideCode(code=code[:40], codes=", ".join(known))
    return worded(code, text)


def priority(text: str) -> str:
    try:
        return Priority(text).value
    except ValueError:
        raise BadPriority(priority=text[:40]) from None


def service(text: str) -> str:
    """What a hospital may turn away: named otherwise, no recommendation would heed it."""
    if text not in SPECIALITIES and text not in set(BedKind):
        raise UnknownService(service=text[:60], known=", ".join((*SPECIALITIES, *BedKind)))
    return text


def on_the_map(position: Position, desk: Desk) -> Position:
    if not desk.roads.covers(position):
        raise OutsideMap(lat=position.lat, lon=position.lon, map=desk.roads.map_version)
    return position


def stretch_on_the_map(stretch: Stretch, desk: Desk) -> None:
    """Every place of a point or a line has a street near it; an area has one near a corner or its middle."""
    places = [Position(lat, lon) for lat, lon in stretch.points]
    if stretch.kind != "area":
        for place in places:
            on_the_map(place, desk)
    elif not any(desk.roads.covers(place) for place in (Position(*middle(stretch)), *places)):
        on_the_map(places[0], desk)


def ending(reason: str | None, outcome: str | None) -> tuple[str, str | None]:
    """Why something is closed and how it came out: one of the two is enough, for the outcome has words."""
    if outcome is None:
        if reason is None:
            raise ReasonOrOutcome
        return words("reason", reason, 200), None
    known = outcome_named(outcome)
    return optional_words("reason", reason, 200) or TITLES[known]["vi"], known.value
