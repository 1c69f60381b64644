"""Where position reports come in by HTTP: batches of our own clients, and Traccar's OsmAnd protocol."""

from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.accounts.guard import insist_on_unit, the_accounts
from api.accounts.roles import Account, Role
from api.centre import Centre
from api.dependencies import FieldWorker, TheCentre
from api.errors import language_of, problem
from api.hand import now
from api.ingest.door import Heard, count_refused, hear
from api.ingest.fix import EARLIEST, LATEST, BadFix
from api.ingest.osmand import read_request
from api.room import Room
from api.schema import answers
from api.schema.orders import NewPing
from domain.errors import BadPosition
from projections.positions import Ping
from projections.unreadable import UNREADABLE

MOST_PINGS = 5_000
FEW_BYTES = 8_192
FIELD_WORKERS = (Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.CREW)


class PlainPing(msgspec.Struct):
    """`NewPing` in its usual dress. What comes otherwise is left to the careful reader."""

    callsign: Annotated[str, msgspec.Meta(max_length=20)]
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    lat: float
    lon: float
    speed_mps: Annotated[float, msgspec.Meta(ge=0)] | None = None
    heading_deg: Annotated[float, msgspec.Meta(ge=0, le=360)] | None = None
    accuracy_m: Annotated[float, msgspec.Meta(ge=0)] | None = None


_plain_pings = msgspec.json.Decoder(list[PlainPing])


class Quick(APIRoute):
    """Hears batches of the usual shape from those who were let in a moment ago, past all that costs time.

    Whatever is unusual goes the way all requests go, and gets its sentence there.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        careful = super().get_route_handler()

        async def handler(request: Request) -> Response:
            account = _at_hand(request)
            if account is None or account.role not in FIELD_WORKERS:
                return await careful(request)
            if not request.headers.get("content-type", "").startswith("application/json"):
                return await careful(request)
            body, centre = await request.body(), request.app.state.centre
            if len(body) <= FEW_BYTES:  # heard at once: a thread would cost more
                heard = _hear_plainly(body, account, centre)
            else:
                heard = await centre.telemetry.lane.run(_hear_plainly, body, account, centre)
            if heard is None:
                return await careful(request)
            said = msgspec.json.encode(_answer(heard).model_dump())
            return Response(said, status_code=202, media_type="application/json")

        return handler


router = Room(tags=["units"], route_class=Quick)
trackers = APIRouter(tags=["units"])


@router.post("/pings", status_code=202)
async def pings(body: list[NewPing], account: FieldWorker, centre: TheCentre) -> answers.PingsTaken:
    """Position reports, a batch. Each is judged by its own time; a bad one does not spoil the others."""
    said = [each.model_dump() for each in body]
    return _answer(await run_in_threadpool(_hear, said, account, centre))


@trackers.get("/osmand", response_class=PlainTextResponse, operation_id="osmand_by_query")
@trackers.post("/osmand", response_class=PlainTextResponse, operation_id="osmand_by_body")
async def osmand(request: Request, centre: TheCentre) -> Response:
    """One report of a tracker that speaks Traccar's OsmAnd protocol, in the query, a form or JSON.

    `id` is the token that `vigil device add` gave out. 200 says that the report need not be sent again, even
    where it was not believed; the text says why. 400: nobody knows the device, or the request cannot be read.
    """
    moment = now()
    body = await request.body()
    try:
        said = read_request(request.url.query, request.headers.get("content-type", ""), body, moment)
    except BadFix as fault:
        count_refused("osmand", "not_understood")
        return problem(400, f"Not understood: {fault}.", "Misunderstood", language=language_of(request))
    devices = centre.telemetry.devices
    callsign = devices.of_token(said.device) if devices is not None else None
    if callsign is None:
        count_refused("osmand", "unknown_device")
        return problem(400, UNKNOWN_DEVICE[language_of(request)], "UnknownDevice")
    if said.fault is not None:
        count_refused("osmand", "not_understood")
        return PlainTextResponse(f"Not taken: {said.fault}.")
    if said.fix is None:
        return PlainTextResponse("OK")
    try:
        heard = hear(centre, [(0, said.fix.of(callsign))], "osmand", moment)
    except BadPosition as fault:
        count_refused("osmand", "not_understood")
        return PlainTextResponse(f"Not taken: {fault}")
    if heard.unknown:
        return PlainTextResponse(f"Not taken: there is no unit {callsign} here.")
    return PlainTextResponse(" ".join([*heard.outcomes, *heard.refused]))


UNKNOWN_DEVICE = {
    "en": "Nobody knows this device; it is entered with `vigil device add`.",
    "vi": "Thiết bị này chưa được đăng ký; đăng ký bằng `vigil device add`.",
}


def _at_hand(request: Request) -> Account | None:
    """Who speaks, where that is known without asking the book of accounts."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return the_accounts(request).known_account_of(token.strip()) if scheme.lower() == "bearer" else None


def _hear_plainly(body: bytes, account: Account, centre: Centre) -> Heard | None:
    """None where the body is not of the usual shape."""
    try:
        said = _plain_pings.decode(body)
    except UNREADABLE:
        return None
    if not all(EARLIEST <= each.at < LATEST for each in said):
        return None
    return _hear([msgspec.structs.asdict(each) for each in said], account, centre)


def _hear(said: list[dict[str, Any]], account: Account, centre: Centre) -> Heard:
    moment = now()
    if account.role is Role.CREW:
        for each in said:
            insist_on_unit(account, each["callsign"])
    nowhere: list[str] = []
    heard = hear(centre, _pings(said[:MOST_PINGS], nowhere), "http", moment)
    heard.refused = sorted(nowhere + heard.refused, key=lambda words: int(words.partition(":")[0]))
    if len(said) > MOST_PINGS:
        heard.refused.append(f"{MOST_PINGS}: a batch holds at most {MOST_PINGS} pings; the rest was not read")
    return heard


def _pings(said: list[dict[str, Any]], nowhere: list[str]) -> Iterable[tuple[int, Ping]]:
    """Each with its place in the batch; those that are at no place on earth go into `nowhere`."""
    for place, each in enumerate(said):
        try:
            yield place, Ping(**{**each, "at": each["at"].astimezone(UTC)})
        except BadPosition as fault:
            nowhere.append(f"{place}: {fault}")


def _answer(heard: Heard) -> answers.PingsTaken:
    return answers.PingsTaken(
        accepted=heard.accepted,
        outcomes=heard.outcomes,
        unknown=sorted(heard.unknown),
        refused=heard.refused,
    )
