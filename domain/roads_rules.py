"""What may be said of the roads: stretches that lie in a town, ends that are yet to come, speeds that are."""

from datetime import datetime, timedelta
from math import isfinite

from domain.road_errors import AlreadyOver, BadShare, BadSpeed, TooFarAhead, TooLongAgo
from domain.run import refuse_the_future
from domain.stretch_rules import judge_stretch
from domain.traffic import Closure, Slowing, SpeedReport

FASTEST_KMH = 150.0
LONGEST = timedelta(days=366)
"""What is to stand for longer stands until it is lifted."""
OLDEST = timedelta(days=366)


def judge_closure(closure: Closure, now: datetime) -> None:
    """Raises AlreadyOver, TooFarAhead, or what `judge_stretch` raises."""
    judge_stretch(closure.stretch)
    _judge_end(closure.until, now)


def judge_slowing(slowing: Slowing, now: datetime) -> None:
    """Raises AlreadyOver, TooFarAhead, BadShare, or what `judge_stretch` raises."""
    judge_stretch(slowing.stretch)
    _judge_end(slowing.until, now)
    if not 0 < slowing.share <= 1:
        raise BadShare(share=slowing.share)


def judge_report(report: SpeedReport, now: datetime) -> None:
    """Raises BadSpeed, FromTheFuture, TooLongAgo, or what `judge_stretch` raises."""
    judge_stretch(report.stretch)
    if not (isfinite(report.kmh) and 0 <= report.kmh <= FASTEST_KMH):
        raise BadSpeed(kmh=report.kmh, fastest_kmh=int(FASTEST_KMH))
    refuse_the_future(report.measured_at, now)
    if now - report.measured_at > OLDEST:
        raise TooLongAgo(at=report.measured_at.isoformat(), days=OLDEST.days)


def _judge_end(until: datetime | None, now: datetime) -> None:
    if until is None:
        return
    if until <= now:
        raise AlreadyOver(until=until.isoformat(), now=now.isoformat())
    if until - now > LONGEST:
        raise TooFarAhead(until=until.isoformat(), days=LONGEST.days)
