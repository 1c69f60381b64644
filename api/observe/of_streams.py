"""The vitals of the streams that a centre carries by itself: what it finds of waits, positions and calls."""

from collections.abc import Iterator

from api.observe.vitals import Figure, State, Vital
from api.streams.home import HomeStreams
from api.streams.own_centre import OwnCentre
from projections.streams.messages import HourPart

LATE_S = 5.0
"""A turn that takes longer: soft alerts come late."""


def of_streams(streams: HomeStreams, end: int) -> Vital:
    """end : the place of the newest fact that the views have."""
    keeper = streams.keeper
    lag, lag_s = max(0, end - keeper.position), max(0.0, keeper.turn_s - 1.0)
    figures = tuple(_figures(streams))
    if keeper.fault is not None:
        sentence = {
            "vi": f"Cảnh báo chậm trễ đang dừng ({keeper.fault}); đang thử lại.",
            "en": f"Soft alerts stand still ({keeper.fault}); trying again.",
        }
        return Vital(State.LATE, sentence, lag, lag_s, figures)
    if keeper.dropping or lag_s > LATE_S:
        sentence = {
            "vi": "Không theo kịp vị trí các xe: cảnh báo có thể đến muộn hoặc thiếu.",
            "en": "They do not keep up with the positions: soft alerts may come late, or not.",
        }
        return Vital(State.LATE, sentence, lag, lag_s, figures)
    calls = keeper.hour.calls if keeper.hour is not None else 0
    sentence = {
        "vi": f"{calls} cuộc gọi trong một giờ qua.",
        "en": f"{calls} call{'' if calls == 1 else 's'} within the last hour.",
    }
    return Vital(State.WELL, sentence, lag, lag_s, figures)


def _figures(streams: HomeStreams) -> Iterator[Figure]:
    keeper = streams.keeper
    yield Figure("pings_waiting", keeper.waiting, "Pings that wait to be folded")
    yield Figure("pings_dropped", keeper.dropped, "Pings the streams were too slow for, since the start")
    yield Figure("unread", keeper.streams.dead, "Facts and pings that no fold could take, since the start")
    for kind, count in streams.lines.standing().items():
        yield Figure("alerts", count, "Soft alerts with a line that stand, by kind", {"kind": kind})
    if streams.orders is not None:
        yield from _of_orders(streams.orders)
    yield from _of_hour(keeper.hour)


def _of_orders(orders: OwnCentre) -> Iterator[Figure]:
    yield Figure("orders_waiting", orders.waiting, "What was found and is not carried out yet")
    for outcome in ("sent", "passed", "refused", "too_old", "dropped", "failed"):
        told = "What came of what was found, by outcome"
        yield Figure("orders", orders.counts[outcome], told, {"outcome": outcome})


def _of_hour(hour: HourPart | None) -> Iterator[Figure]:
    """hour : None until the first call was counted"""
    calls, waits, late = (hour.calls, hour.waits, hour.late) if hour is not None else (0, 0, 0)
    yield Figure("hour_calls", calls, "Calls within the last hour")
    yield Figure("hour_waits", waits, "Incidents that got their first unit within the last hour")
    yield Figure("hour_late", late, "Orders acknowledged late within the last hour")
    if hour is None:
        return
    if hour.wait_p50_s is not None and hour.wait_p90_s is not None:
        yield Figure("hour_wait_p50_seconds", hour.wait_p50_s, "Half of them waited no longer")
        yield Figure("hour_wait_p90_seconds", hour.wait_p90_s, "Nine in ten of them waited no longer")
    yield Figure("usual_calls_per_minute", hour.usual_calls, "What a minute usually brings")
    yield Figure("surge", hour.surge, "1 while calls come unusually often")
