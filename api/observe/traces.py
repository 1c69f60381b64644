"""Traces along a call's life, told to a collector by OTLP: the request, the order, deciding, saving, folding,
telling the screens.

Imported only where traces are wanted: the library costs memory and a part of a second at the start. A span
names kinds and ids, never contents: no address of a client, no words of a person, no text of a fault.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter
from opentelemetry.trace import (
    Link,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    set_span_in_context,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observe.orders import Handler
from api.observe.versions import vigil_version
from api.room import PREFIX
from dispatch.commands import Answer, C, Outcome
from dispatch.desk import Desk
from projections.projector import Batch

MOST_REMEMBERED = 2_000
"""Orders whose facts were not told yet, and emergencies whose last order is known."""

_parents = TraceContextTextMapPropagator()


@dataclass(slots=True)
class _Order:
    """What the feed needs to know of an order: its span, and when it was decided (ns since 1970)."""

    span: Span
    decided_ns: int = 0


class Traces:
    """One tracer for a process. `close` tells the collector what it has not heard yet.

    at_once : for tests; a service never waits for its collector
    """

    def __init__(self, exporter: SpanExporter, at_once: bool = False, name: str = "vigil") -> None:
        resource = Resource.create({"service.name": name, "service.version": vigil_version()})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(
            SimpleSpanProcessor(exporter) if at_once else BatchSpanProcessor(exporter)
        )
        self._tracer: Tracer = self._provider.get_tracer("vigil", vigil_version())
        self._untold: OrderedDict[UUID, _Order] = OrderedDict()
        self._emergencies: OrderedDict[UUID, SpanContext] = OrderedDict()
        self._lock = threading.Lock()

    def close(self) -> None:
        self._provider.shutdown()

    def requests(self, app: ASGIApp) -> "TracedRequests":
        """The middleware that opens a span a request."""
        return TracedRequests(app, self._tracer)

    def order(self, name: str, command_id: UUID, correlation_id: UUID) -> "TracedOrder":
        """The span of an order begins; it links to the order before it in the same emergency."""
        with self._lock:
            before = self._emergencies.get(correlation_id)
        span = self._tracer.start_span(
            f"order {name}",
            links=[Link(before)] if before is not None else None,
            attributes={
                "vigil.order": name,
                "vigil.command_id": str(command_id),
                "vigil.correlation_id": str(correlation_id),
            },
        )
        known = _Order(span)
        with self._lock:
            _remember(self._untold, command_id, known)
            _remember(self._emergencies, correlation_id, span.get_span_context())
        return TracedOrder(self._tracer, known)

    def told(self, batch: Batch) -> None:
        """The facts of these orders stand in the queue of every screen."""
        for command_id, seq in {fact.act.command_id: seq for seq, fact in batch}.items():
            with self._lock:
                order = self._untold.pop(command_id, None)
            if order is not None:
                _child(self._tracer, order.span, "tell", order.decided_ns, {"vigil.seq": seq})


class TracedOrder:
    """The spans of one order, in the thread that carries it out."""

    def __init__(self, tracer: Tracer, order: _Order) -> None:
        self._tracer, self._order, self._span = tracer, order, order.span
        self._attempt, self._stored_ns = 0, 0

    def deciding(self, handler: Handler[C]) -> Handler[C]:
        def decide(command: C, desk: Desk) -> Outcome:
            self._attempt += 1
            began = time.time_ns()
            outcome = None
            try:
                outcome = handler(command, desk)
            finally:
                self._order.decided_ns = time.time_ns()
                said = {"vigil.attempt": self._attempt, "vigil.refused": outcome is None}
                _child(self._tracer, self._span, "decide", began, said)
            return outcome

        return decide

    def lost(self, cause: str) -> None:
        self._saved({"vigil.lost": cause})

    def stored(self, answer: Answer) -> None:
        if answer.repeated:
            self._span.set_attribute("vigil.repeated", True)
        else:
            self._saved({"vigil.seq": answer.seq})
        self._span.set_attribute("vigil.seq", answer.seq)
        self._stored_ns = time.time_ns()

    def ended(self, outcome: str, kind: str | None) -> None:
        if self._stored_ns:
            _child(self._tracer, self._span, "fold", self._stored_ns, {})
        self._span.set_attribute("vigil.outcome", outcome)
        if kind is not None:
            self._span.set_attribute("vigil.refusal", kind)
        if outcome not in ("done", "repeated", "refused"):
            self._span.set_status(Status(StatusCode.ERROR, outcome))
        self._span.end()

    def _saved(self, said: Mapping[str, Any]) -> None:
        said = {"vigil.attempt": self._attempt, **said}
        _child(self._tracer, self._span, "save", self._order.decided_ns, said)


class TracedRequests:
    """A span a request of the API, named by its route: paths carry ids, and queries carry addresses."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self._app, self._tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = scope["method"]
        with self._tracer.start_as_current_span(
            method,
            context=_parent(scope),
            kind=SpanKind.SERVER,
            attributes={"http.request.method": method},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self._app(scope, receive, watched)
            finally:
                route = PREFIX + getattr(scope.get("route"), "path", "/unknown")
                span.update_name(f"{method} {route}")
                span.set_attributes({"http.route": route, "http.response.status_code": status})
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))


def _child(tracer: Tracer, parent: Span, name: str, began_ns: int, said: Mapping[str, Any]) -> None:
    """A span that ends now."""
    context = set_span_in_context(parent, Context())
    tracer.start_span(name, context, attributes=dict(said), start_time=began_ns).end()


def _parent(scope: Scope) -> Context:
    """The trace that the caller is in, where it says so (W3C traceparent)."""
    carrier = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name == b"traceparent"
    }
    return _parents.extract(carrier, context=Context())


def _remember(known: OrderedDict[UUID, Any], key: UUID, value: object) -> None:
    """The newest 2,000; called under the lock."""
    known[key] = value
    known.move_to_end(key)
    if len(known) > MOST_REMEMBERED:
        known.popitem(last=False)
