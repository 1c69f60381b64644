"""`vigil bench observe`: what watching an order costs, with traces off and on."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from api.bench.rounds import Turn, figures
from api.bench.rows import Figure
from api.observe.orders import OrderTraces, WatchedOrder
from api.observe.traces import Traces
from dispatch.application import memory_log
from dispatch.commands import Answer, Outcome, carry_out
from dispatch.desk import Desk
from dispatch.handlers.receive_call import ReceiveCall, receive_call
from dispatch.protocol_file import shipped_protocols
from domain.values import Act
from routing.straight_line import StraightLineTimes

ORDERS = 2_000


class _Nowhere(SpanExporter):
    """A collector that takes everything at once, so that our own work is measured."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return SpanExportResult.SUCCESS


def bench_observe() -> list[Figure]:
    """The same order into a log in memory: carried out barely, watched without traces, watched with them.

    In memory an order is as cheap as it can be, so that what watching adds shows most. "Alone" is what is
    watched of an order that does nothing.
    """
    traces = Traces(_Nowhere())
    turns = {
        "bare.carry_out": Turn(_bare(), ORDERS),
        "order_watched": Turn(_watched(None), ORDERS, "bare.carry_out"),
        "order_traced": Turn(_watched(traces), ORDERS, "bare.carry_out"),
        "watch_alone": Turn(_alone(None), ORDERS),
        "trace_alone": Turn(_alone(traces), ORDERS),
    }
    try:
        return figures("observe.", turns)
    finally:
        traces.close()


def _bare() -> Callable[[], object]:
    desk = _desk()
    return lambda: carry_out(_order(), receive_call, desk, _no_pause)


def _watched(traces: OrderTraces | None) -> Callable[[], object]:
    desk = _desk()

    def work() -> None:
        command = _order()
        with WatchedOrder(command, receive_call, traces) as order:
            order.stored(carry_out(command, order.handler, desk, _no_pause, lost=order.lost))

    return work


def _alone(traces: OrderTraces | None) -> Callable[[], object]:
    desk, command, answer = _desk(), _order(), Answer({}, 1)

    def nothing(command: ReceiveCall, desk: Desk) -> Outcome:
        return Outcome(())

    def work() -> None:
        with WatchedOrder(command, nothing, traces) as order:
            order.handler(command, desk)
            order.stored(answer)

    return work


def _order() -> ReceiveCall:
    moment, name = datetime.now(UTC), uuid4()
    return ReceiveCall(Act(moment, moment, "bench", name, name), name, "115", None, None, "?", "bench")


def _desk() -> Desk:
    return Desk(
        log=memory_log(),
        roads=StraightLineTimes("bench"),
        protocols=shipped_protocols(),
        timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    )


def _no_pause(attempt: int) -> None:
    """Nobody races here."""
