"""A collector of traces for tests: takes OTLP over HTTP on loopback and keeps what it was told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Collector:
    def __init__(self) -> None:
        self.letters: list[bytes] = []
        told = self.letters

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                letter = self.rfile.read(int(self.headers["content-length"]))
                ours = self.path == "/v1/traces"  # whoever else calls has the wrong number
                if ours:
                    told.append(letter)
                self.send_response(200 if ours else 404)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def spans(self) -> list[Span]:
        """All spans it was told so far."""
        found = []
        for letter in list(self.letters):
            for resource in ExportTraceServiceRequest.FromString(letter).resource_spans:
                for scope in resource.scope_spans:
                    found += scope.spans
        return found

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()
    try:
        yield collector
    finally:
        collector.close()


def attributes(span: Span) -> dict[str, object]:
    """Names and values; of each value whatever kind it has."""
    kinds = {each.key: each.value.WhichOneof("value") or "string_value" for each in span.attributes}
    return {each.key: getattr(each.value, kinds[each.key]) for each in span.attributes}
