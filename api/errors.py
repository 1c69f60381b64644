"""The one table from refusal to HTTP status, and RFC 9457 problems with a sentence for the dispatcher."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import misunderstood
from api.accounts.errors import STATUS as ACCOUNT_STATUS
from api.accounts.errors import headers as account_headers
from domain import errors
from domain.errors import Refused

STATUS: dict[type[Refused], int] = {
    **ACCOUNT_STATUS,
    errors.BadPosition: 422,
    errors.OutsideMap: 422,
    errors.OnePlaceWanted: 422,
    errors.BadMinutes: 422,
    errors.BadPhone: 422,
    errors.BadText: 422,
    errors.BadPriority: 422,
    errors.BadPatients: 422,
    errors.BadBedCount: 422,
    errors.UnknownBedKind: 422,
    errors.FromTheFuture: 422,
    errors.OutOfOrder: 422,
    errors.UnknownMilestone: 422,
    errors.BadDiversion: 422,
    errors.UnknownAnswer: 422,
    errors.UnknownService: 422,
    errors.UnknownDeterminant: 422,
    errors.BadStretch: 422,
    errors.BadWidth: 422,
    errors.AreaCrossesItself: 422,
    errors.StretchTooLarge: 422,
    errors.StretchTooShort: 422,
    errors.TooMuchGround: 422,
    errors.NoStreetThere: 422,
    errors.BadShare: 422,
    errors.BadSpeed: 422,
    errors.ShareOrSpeed: 422,
    errors.AlreadyOver: 422,
    errors.TooFarAhead: 422,
    errors.TooLongAgo: 422,
    errors.TooMuchTraffic: 422,
    errors.IdGivenTwice: 422,
    errors.IdUsedTwice: 422,
    errors.UnknownCall: 404,
    errors.UnknownIncident: 404,
    errors.UnknownRun: 404,
    errors.UnknownUnit: 404,
    errors.UnknownHospital: 404,
    errors.UnknownProtocol: 404,
    errors.UnknownClosure: 404,
    errors.UnknownSlowing: 404,
    errors.UnitBusy: 409,
    errors.UnitNotOnDuty: 409,
    errors.NoBedFree: 409,
    errors.CountOvertaken: 409,
    errors.IllegalMilestone: 409,
    errors.NothingToCorrect: 409,
    errors.CallAlreadySettled: 409,
    errors.IncidentAlreadyOpened: 409,
    errors.IncidentOver: 409,
    errors.IncidentStillServed: 409,
    errors.NotDiverting: 409,
    errors.RunAlreadyOpened: 409,
    errors.TooContended: 503,
    errors.NotStored: 503,
}

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    422: "Not understood",
    429: "Too many requests",
    500: "Internal error",
    503: "Busy",
}


def language_of(request: Request) -> str:
    """Vietnamese where the client asks for it first, else English."""
    return "vi" if request.headers.get("accept-language", "").lower().startswith("vi") else "en"


def problem(
    status: int,
    detail: str,
    kind: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    body = {
        "type": f"urn:vigil:{kind}",
        "title": TITLES.get(status, "Problem"),
        "status": status,
        "detail": detail,
    }
    for name, value in (extra or {}).items():
        body.setdefault(name, _plain(value))
    sent = dict(headers or {})
    if status == 503:
        sent.setdefault("Retry-After", "1")
    return JSONResponse(body, status_code=status, media_type="application/problem+json", headers=sent)


def install(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    def refused(request: Request, refusal: Refused) -> JSONResponse:
        sentence = refusal.sentence(language_of(request))
        headers = account_headers(refusal)
        return problem(STATUS[type(refusal)], sentence, type(refusal).__name__, refusal.facts, headers)

    @app.exception_handler(RequestValidationError)
    def not_understood(request: Request, fault: RequestValidationError) -> JSONResponse:
        return problem(422, misunderstood.sentence(fault.errors(), language_of(request)), "Misunderstood")

    @app.exception_handler(HTTPException)
    def http(request: Request, fault: HTTPException) -> JSONResponse:
        said = str(fault.detail)
        if said in misunderstood.PLAIN:
            said = misunderstood.OF_HTTP[fault.status_code][language_of(request)]
        return problem(fault.status_code, said, "HTTP", headers=fault.headers)

    @app.exception_handler(Exception)
    def unexpected(request: Request, fault: Exception) -> JSONResponse:
        # The traceback goes to the server's log; the client learns nothing of our insides.
        vi = "Lỗi máy chủ; lệnh có thể chưa được thực hiện. Hãy thử lại."
        en = "The server failed; the order may not have been carried out. Please try again."
        return problem(500, vi if language_of(request) == "vi" else en, "Internal")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
