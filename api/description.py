"""The OpenAPI description, completed: every refusal is a problem with a sentence, and which ones may come."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

PREFIX = "/api/v1"
QUESTIONS = ("/travel-times", "/login", "/logout", "/pings", "/near/units", "/near/incidents")
"""Sent as POST, but nothing stands in their way."""

WORDS = {
    400: "The body is not JSON",
    401: "Not signed in",
    403: "Not allowed to this role",
    404: "Nobody knows it",
    409: "The state of the world forbids it now",
    413: "The body is too large",
    422: "Not understood, or makes no sense",
    429: "Too many tries",
    503: "Busy; try again",
}


class Problem(BaseModel):
    """RFC 9457. `detail` is a sentence for people, in the language they asked for; facts stand beside it."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:vigil:UnitBusy"])
    title: str
    status: int
    detail: str


def describe_refusals(app: FastAPI) -> None:
    """Let the app describe its refusals beside its answers."""
    plain = app.openapi

    def completed() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = plain()
            schemas = described["components"]["schemas"]
            schemas["Problem"] = Problem.model_json_schema()
            for path, methods in described["paths"].items():
                if path.startswith(PREFIX):
                    for method, facts in methods.items():
                        _complete(path, method, facts)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = completed  # type: ignore[method-assign]


def _complete(path: str, method: str, facts: dict[str, Any]) -> None:
    for status in sorted(_may_come(path, method, facts)):
        facts["responses"][str(status)] = {
            "description": WORDS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _may_come(path: str, method: str, facts: dict[str, Any]) -> set[int]:
    came = {503}
    if not path.endswith("/logout"):
        came |= {401, 403}
    if path.endswith("/login"):
        came |= {429}
    if path.endswith("/look-ahead"):
        came |= {409, 429}
    if "requestBody" in facts:
        came |= {400, 413, 422}
    if "422" in facts["responses"]:
        came |= {422}
    orders = method != "get" and not path.endswith(QUESTIONS)
    if "{" in path or orders or path.endswith("/route"):
        came |= {404}
    if orders:
        came |= {409}
    return came
