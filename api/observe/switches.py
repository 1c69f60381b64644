"""What of the watching is wanted, as the environment says. Read when a process starts, never at import."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.observe.traces import Traces


class BadCollector(ValueError):
    """The address of a collector makes no sense; the sentence says what is wrong."""


def asked_for(log_json: bool, otlp: str | None) -> dict[str, str]:
    """Options of a command, in the words of the environment. Raises BadCollector."""
    said = {"VIGIL_LOG": "json"} if log_json else {}
    if otlp is not None:
        if not otlp.startswith(("http://", "https://")):
            raise BadCollector(
                f"--otlp wants the address of a collector, as http://127.0.0.1:4318, not {otlp}."
            )
        said["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp
    return said


def wants_traces(environment: Mapping[str, str]) -> bool:
    """OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) names a collector; OTEL_SDK_DISABLED is not true."""
    named = any(
        environment.get(name, "").strip()
        for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    )
    return named and environment.get("OTEL_SDK_DISABLED", "").lower() != "true"


def wants_json_logs(environment: Mapping[str, str]) -> bool:
    """VIGIL_LOG=json; anything else is lines for people."""
    return environment.get("VIGIL_LOG", "").strip().lower() == "json"


def traces_of(environment: Mapping[str, str], name: str = "vigil") -> "Traces | None":
    """Traces to the collector that the environment names; None, and nothing loaded, where it names none."""
    if not wants_traces(environment):
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    from api.observe.traces import Traces

    return Traces(OTLPSpanExporter(), name=name)
