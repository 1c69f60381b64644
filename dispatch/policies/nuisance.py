"""How much a telephone number has rung for nothing, and in which order calls are taken because of it.

One number rang 251 times in nine and a half hours at the 115 centre of Ho Chi Minh City; of its calls one may
be real. So a suspected call is put behind others and never dropped, and it waits no longer than a set time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dispatch.policies.call_rules import CallRules
from dispatch.policies.words import Words
from domain.caller import OPEN, REAL, EarlierCall


@dataclass(frozen=True, slots=True)
class Suspicion:
    """score : points, never below 0. A number is suspected from `CallRules.suspect_from` on.
    behind  : whether its calls wait behind others; not where a real call of it is fresh
    reasons : in words, for whoever takes the call
    """

    score: float
    suspected: bool
    behind: bool
    reasons: tuple[Words, ...] = ()


def suspicion(number: str, earlier: Iterable[EarlierCall], at: datetime, rules: CallRules) -> Suspicion:
    """Points of the earlier calls, each halved every half-life: sum(points * 2 ** (-age / half_life)).

    number  : as it is normalised
    earlier : calls of this number, in any order; those after `at` count nothing
    """
    since = at - timedelta(seconds=rules.nuisance_window_s)
    counted = [call for call in earlier if since <= call.at <= at]
    score = max(0.0, sum(_weight(call, at, rules) for call in counted))
    if number in rules.never_suspected:
        return Suspicion(round(score, 2), False, False)
    suspected = score >= rules.suspect_from
    fresh = timedelta(seconds=rules.believed_after_real_s)
    believed = any(call.outcome == REAL and at - call.at <= fresh for call in counted)
    return Suspicion(round(score, 2), suspected, suspected and not believed, _reasons(counted, at, believed))


def _weight(call: EarlierCall, at: datetime, rules: CallRules) -> float:
    points = rules.nuisance_points.get(call.outcome, 0.0)
    age_s = (at - call.at).total_seconds()
    return float(points * 2.0 ** (-age_s / rules.nuisance_half_life_s))


_SAID = {
    "nuisance": ("{n} closed as nuisance", "{n} cuộc là quấy rối"),
    "silent": ("{n} silent", "{n} cuộc không có tiếng"),
    "no_emergency": ("{n} without an emergency", "{n} cuộc không phải cấp cứu"),
    REAL: ("{n} real", "{n} cuộc là cấp cứu thật"),
    OPEN: ("{n} not settled yet", "{n} cuộc chưa xử lý"),
}


def _reasons(counted: Sequence[EarlierCall], at: datetime, believed: bool) -> tuple[Words, ...]:
    if not counted:
        return ()
    first = min(call.at for call in counted)
    hours = max(0.1, (at - first).total_seconds() / 3600)
    n = len(counted)
    reasons = [
        {
            "en": f"{n} calls in {hours:.1f} h" if n > 1 else f"1 call, {hours:.1f} h ago",
            "vi": f"{n} cuộc trong {hours:.1f} giờ" if n > 1 else f"1 cuộc, cách đây {hours:.1f} giờ",
        }
    ]
    tally = Counter(call.outcome for call in counted)
    for outcome, (en, vi) in _SAID.items():
        if tally[outcome]:
            reasons.append({"en": en.format(n=tally[outcome]), "vi": vi.format(n=tally[outcome])})
    if believed:
        reasons.append({"en": "a real call not long ago", "vi": "vừa có một cuộc cấp cứu thật"})
    return tuple(reasons)


class WaitingCall(NamedTuple):
    """A call that nobody has settled.

    number      : the one that is suspected, None where none is (or the call was raised)
    comes_up_at : of a suspected one, from when on it no longer stands behind others
    """

    call_id: str
    received_at: datetime
    number: str | None = None
    comes_up_at: datetime | None = None


class Place(NamedTuple):
    """One place of the queue. `bundled` are later calls of the same suspected number: they ring nowhere
    else."""

    call_id: str
    behind: bool
    bundled: tuple[str, ...] = ()


def call_queue(calls: Iterable[WaitingCall], now: datetime) -> list[Place]:
    """In which order calls are taken: who waits longest first, suspected numbers behind until they come up.

    Whoever calls in between pushes a suspected call back for `comes_up_after_s` and no longer: then it stands
    where it would have stood, before all that rang after it.
    """
    heads: dict[str, list[WaitingCall]] = {}
    alone: list[WaitingCall] = []
    for call in sorted(calls, key=lambda call: (call.received_at, call.call_id)):
        if call.number is None:
            alone.append(call)
        else:
            heads.setdefault(call.number, []).append(call)
    places = [(False, call.received_at, call.call_id, ()) for call in alone]
    for bundle in heads.values():
        head, later = bundle[0], tuple(call.call_id for call in bundle[1:])
        behind = head.comes_up_at is not None and now < head.comes_up_at
        places.append((behind, head.received_at, head.call_id, later))  # type: ignore[arg-type]
    return [Place(call_id, behind, later) for behind, _, call_id, later in sorted(places)]
