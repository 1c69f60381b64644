"""The one table from refusal to HTTP status, and RFC 9457 problems with a sentence for the dispatcher."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError as DatabaseFails
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api import in_words, misunderstood
from api.accounts.errors import STATUS as ACCOUNT_STATUS
from api.accounts.errors import headers as account_headers
from api.follower import PictureBehind
from api.hand import now
from api.hospital_links.errors import STATUS as LINK_STATUS
from api.ingest.device_errors import STATUS as DEVICE_STATUS
from api.planning.errors import STATUS as SIMULATION_STATUS
from api.spoken_fault import SpokenFault
from dispatch.faults import OperationalError
from domain import (
    assignment_errors,
    call_errors,
    care_errors,
    choosing_errors,
    coverage_errors,
    crew_message_errors,
    desk_alarm_errors,
    errors,
    figure_errors,
    places,
    road_errors,
    triage_errors,
)
from domain.errors import Refused

log = logging.getLogger("vigil.errors")

STATUS: dict[type[Refused], int] = {
    **ACCOUNT_STATUS,
    **LINK_STATUS,
    **DEVICE_STATUS,
    **SIMULATION_STATUS,
    errors.BadPosition: 422,
    errors.OutsideMap: 422,
    errors.OnePlaceWanted: 422,
    errors.BadMinutes: 422,
    errors.BadPhone: 422,
    errors.BadText: 422,
    errors.NotAChoice: 422,
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
    places.PlaceTooLong: 422,
    places.MapWithoutNames: 404,
    road_errors.BadStretch: 422,
    road_errors.BadWidth: 422,
    road_errors.AreaCrossesItself: 422,
    road_errors.StretchTooLarge: 422,
    road_errors.StretchTooShort: 422,
    road_errors.TooMuchGround: 422,
    road_errors.NoStreetThere: 422,
    road_errors.BadShare: 422,
    road_errors.BadSpeed: 422,
    road_errors.ShareOrSpeed: 422,
    road_errors.AlreadyOver: 422,
    road_errors.TooFarAhead: 422,
    road_errors.TooLongAgo: 422,
    road_errors.TooMuchTraffic: 422,
    road_errors.IdGivenTwice: 422,
    triage_errors.BadOutcome: 422,
    triage_errors.ReasonOrOutcome: 422,
    triage_errors.BadNumber: 422,
    triage_errors.BadCard: 422,
    triage_errors.OtherCard: 422,
    triage_errors.BadFinding: 422,
    triage_errors.EndsBeforeItBegins: 422,
    triage_errors.NotForNews2: 422,
    triage_errors.UnknownVersion: 404,
    triage_errors.UnknownStep: 404,
    triage_errors.OlderAnswers: 409,
    triage_errors.VersionTaken: 409,
    figure_errors.BadPeriod: 422,
    figure_errors.PeriodBackwards: 422,
    figure_errors.PeriodTooLong: 422,
    figure_errors.PastTooFar: 422,
    care_errors.BadHours: 422,
    care_errors.BadServiceEnd: 422,
    care_errors.LacksService: 422,
    care_errors.BadAnswer: 422,
    care_errors.ReasonWanted: 422,
    care_errors.BadCategory: 422,
    care_errors.TooManyCasualties: 422,
    care_errors.TagTaken: 422,
    care_errors.TriageUnfinished: 422,
    care_errors.UnknownFinding: 422,
    care_errors.SameHospital: 422,
    coverage_errors.UnknownPolicy: 422,
    coverage_errors.NoPolicySaid: 422,
    coverage_errors.NothingWaits: 422,
    coverage_errors.UnknownMoveUp: 404,
    coverage_errors.MoveUpAnswered: 409,
    coverage_errors.PostOver: 409,
    coverage_errors.CoverageNotReady: 503,
    crew_message_errors.UnknownMessage: 404,
    crew_message_errors.NobodyAboard: 409,
    desk_alarm_errors.BadShelfEnd: 422,
    desk_alarm_errors.UnknownDeskAlarm: 404,
    desk_alarm_errors.DeskAlarmOver: 409,
    assignment_errors.UnknownMove: 422,
    assignment_errors.UnknownOutcome: 422,
    assignment_errors.BadUntil: 422,
    assignment_errors.UnknownAlarm: 404,
    assignment_errors.OfferOver: 409,
    assignment_errors.OfferWentOn: 409,
    assignment_errors.NoOffer: 409,
    assignment_errors.NothingToPrompt: 409,
    assignment_errors.NothingToUndo: 409,
    assignment_errors.NotTheLast: 409,
    assignment_errors.TooLateToUndo: 409,
    assignment_errors.AlarmOver: 409,
    assignment_errors.AlarmUnanswered: 409,
    assignment_errors.NotOnScene: 409,
    assignment_errors.UnitWithdrawn: 409,
    assignment_errors.UnitNotWithdrawn: 409,
    assignment_errors.NothingProposed: 409,
    errors.IdUsedTwice: 422,
    errors.UnknownCall: 404,
    errors.UnknownIncident: 404,
    errors.UnknownRun: 404,
    errors.UnknownUnit: 404,
    errors.UnknownHospital: 404,
    errors.UnknownProtocol: 404,
    road_errors.UnknownClosure: 404,
    road_errors.UnknownSlowing: 404,
    care_errors.UnknownPatient: 404,
    care_errors.UnknownTransfer: 404,
    errors.UnitBusy: 409,
    errors.UnitNotOnDuty: 409,
    errors.NoBedFree: 409,
    errors.CountOvertaken: 409,
    errors.CountsMoved: 409,
    errors.IllegalMilestone: 409,
    errors.NothingToCorrect: 409,
    errors.CallAlreadySettled: 409,
    errors.IncidentAlreadyOpened: 409,
    errors.IncidentOver: 409,
    errors.IncidentStillServed: 409,
    errors.DiversionOvertaken: 409,
    errors.WordOvertaken: 409,
    errors.NotDiverting: 409,
    errors.RunAlreadyOpened: 409,
    care_errors.NothingAsked: 409,
    care_errors.PatientGone: 409,
    care_errors.OtherIncident: 409,
    care_errors.CannotBoard: 409,
    care_errors.PatientAboard: 409,
    care_errors.SpreadFails: 409,
    care_errors.TransferSettled: 409,
    care_errors.NotYoursToApprove: 409,
    call_errors.BadPlaceSource: 422,
    call_errors.BadConfidence: 422,
    call_errors.MergedWithItself: 422,
    call_errors.BadCallbackOutcome: 422,
    call_errors.EndedBeforeItRang: 422,
    call_errors.RangTooLongAgo: 422,
    call_errors.UnknownCallback: 404,
    call_errors.NothingToCallBack: 409,
    call_errors.CallClaimed: 409,
    call_errors.CallerOccupied: 409,
    call_errors.CallNotInIncident: 409,
    call_errors.OnlyCallOfIncident: 409,
    call_errors.IncidentMerged: 409,
    call_errors.NotMerged: 409,
    call_errors.NoCallLeft: 409,
    call_errors.PlaceUnconfirmed: 409,
    choosing_errors.BadAlarmLevel: 422,
    choosing_errors.BadShift: 422,
    choosing_errors.OverrideReasonWanted: 422,
    choosing_errors.UnknownOverrideCode: 422,
    choosing_errors.NoRuns: 422,
    choosing_errors.PreemptReasonWanted: 422,
    choosing_errors.UnknownDecision: 404,
    choosing_errors.NotInDecision: 404,
    choosing_errors.NotLessUrgent: 409,
    choosing_errors.TooLateToTake: 409,
    choosing_errors.NotWaiting: 409,
    choosing_errors.NobodyToLookAheadFor: 409,
    choosing_errors.LookAheadUnderWay: 429,
    choosing_errors.LookAheadsBusy: 503,
    errors.TooContended: 503,
    errors.NotStored: 503,
    errors.PerhapsStored: 503,
    PictureBehind: 503,
    figure_errors.FiguresBusy: 503,
    figure_errors.FiguresTooSlow: 503,
}

TITLES: Mapping[int, Mapping[str, str]] = {
    400: {"en": "Bad request", "vi": "Yêu cầu không hợp lệ"},
    401: {"en": "Not signed in", "vi": "Chưa đăng nhập"},
    403: {"en": "Not allowed", "vi": "Không được phép"},
    404: {"en": "Not found", "vi": "Không tìm thấy"},
    405: {"en": "Method not allowed", "vi": "Không có phương thức này"},
    409: {"en": "Conflict", "vi": "Mâu thuẫn"},
    413: {"en": "Too large", "vi": "Quá lớn"},
    422: {"en": "Not understood", "vi": "Không hiểu"},
    429: {"en": "Too many requests", "vi": "Quá nhiều yêu cầu"},
    500: {"en": "Internal error", "vi": "Lỗi máy chủ"},
    503: {"en": "Busy", "vi": "Đang bận"},
}
STORE_AWAY = {
    "en": "The database does not answer; please try again in a moment.",
    "vi": "Cơ sở dữ liệu không phản hồi; vui lòng thử lại sau giây lát.",
}
PROBLEM = {"en": "Problem", "vi": "Có lỗi"}


def language_of(request: Request) -> str:
    """Vietnamese where the client asks for it first, else English."""
    return language_asked(request.headers.get("accept-language", ""))


def language_asked(header: str) -> str:
    return "vi" if header.lower().startswith("vi") else "en"


def problem(
    status: int,
    detail: str,
    kind: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    language: str = "en",
) -> JSONResponse:
    body = {
        "type": f"urn:vigil:{kind}",
        "title": TITLES.get(status, PROBLEM)[language],
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
        language = language_of(request)
        kind, status, headers = type(refusal).__name__, STATUS[type(refusal)], account_headers(refusal)
        centre = getattr(request.app.state, "centre", None)
        zone = centre.desk.timezone if centre is not None else UTC
        said = in_words.sentence(refusal, language, zone, now())
        return problem(status, said, kind, refusal.facts, headers, language)

    @app.exception_handler(RequestValidationError)
    def not_understood(request: Request, fault: RequestValidationError) -> JSONResponse:
        language = language_of(request)
        said = misunderstood.sentence(fault.errors(), language)
        return problem(422, said, "Misunderstood", language=language)

    @app.exception_handler(HTTPException)
    def http(request: Request, fault: HTTPException) -> JSONResponse:
        said, language = str(fault.detail), language_of(request)
        if isinstance(fault, SpokenFault):
            said = fault.sentences[language]
        elif said in misunderstood.PLAIN:
            said = misunderstood.OF_HTTP[fault.status_code][language]
        return problem(fault.status_code, said, "HTTP", headers=fault.headers, language=language)

    @app.exception_handler(OperationalError)
    @app.exception_handler(DatabaseFails)
    @app.exception_handler(PoolTimeout)
    def away(request: Request, fault: Exception) -> JSONResponse:
        log.error("The database does not answer: %s", str(fault).split("\n")[0])
        language = language_of(request)
        return problem(503, STORE_AWAY[language], "StoreAway", language=language)

    @app.exception_handler(Exception)
    def unexpected(request: Request, fault: Exception) -> JSONResponse:
        # The traceback goes to the server's log; the client learns nothing of our insides.
        vi = "Lỗi máy chủ; lệnh có thể chưa được thực hiện. Hãy thử lại."
        en = "The server failed; the order may not have been carried out. Please try again."
        language = language_of(request)
        return problem(500, vi if language == "vi" else en, "Internal", language=language)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
