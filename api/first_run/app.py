"""The pages and orders of the first run: a small service that stands where the centre will stand."""

import asyncio
import re
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api import misunderstood
from api.accounts.errors import STATUS as ACCOUNT_STATUS
from api.accounts.roles import Role
from api.console_files import mount_console
from api.errors import language_of, problem
from api.first_run.errors import DiskFull, SetUpRefused, UploadBrokenOff, WrongToken
from api.first_run.known import known_hospitals, known_stations
from api.first_run.map_reader import room_for
from api.first_run.state import CityTold, HospitalTold, StationTold
from api.first_run.telling import Telling, check_name
from api.own_names import OwnNames
from api.page_headers import PageHeaders
from domain.errors import Refused

PREFIX = "/api/v1/setup"


class MapPath(BaseModel):
    path: str = Field(min_length=1, max_length=1000)
    middle: str | None = None
    radius_km: float | None = None


class NewUser(BaseModel):
    username: str = Field(max_length=64)
    role: Role
    password: str = Field(max_length=512)
    hospital_id: str | None = None
    callsign: str | None = None


class SecondFactorWanted(BaseModel):
    wanted: bool


class Finish(BaseModel):
    drill: bool


def create_setup_app(
    telling: Telling,
    token: str,
    console: Path | None,
    finished: Callable[[], None],
    names: Collection[str] | None = None,
) -> FastAPI:
    """finished : called once everything was told; the service should end then
    names    : as `api.main.create_app` takes them
    """
    app = FastAPI(title="Vigil, first run", docs_url=None, redoc_url=None, openapi_url=None)
    _say_no_in_words(app)
    app.add_middleware(PageHeaders)
    if names is not None:
        app.add_middleware(OwnNames, names=names)

    async def holder(request: Request) -> None:
        """Whoever read the terminal. The token is never in an address that a server writes down."""
        scheme, _, said = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(said.strip().encode(), token.encode()):
            raise WrongToken

    Holder = Depends(holder)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "first run"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        return JSONResponse({"status": "first run"}, status_code=503)

    @app.get("/")
    async def to_the_page() -> RedirectResponse:
        return RedirectResponse("/setup", status_code=303)

    @app.get(PREFIX, dependencies=[Holder])
    def all_told() -> dict[str, Any]:
        return picture(telling)

    @app.put(f"{PREFIX}/city", dependencies=[Holder])
    def city(body: CityTold) -> dict[str, Any]:
        telling.tell_city(body)
        return picture(telling)

    @app.put(f"{PREFIX}/map/path", dependencies=[Holder])
    def map_path(body: MapPath) -> dict[str, Any]:
        telling.tell_map(Path(body.path.strip()).expanduser(), body.middle, body.radius_km)
        return picture(telling)

    @app.put(f"{PREFIX}/map/file", dependencies=[Holder])
    async def map_file(
        request: Request,
        name: Annotated[str, Query(max_length=200)],
        middle: str | None = None,
        radius_km: float | None = None,
    ) -> dict[str, Any]:
        source = await received(request, telling, name)
        await run_in_threadpool(telling.tell_map, source, middle, radius_km)
        return picture(telling)

    @app.put(f"{PREFIX}/hospitals", dependencies=[Holder])
    def hospitals(body: list[HospitalTold]) -> dict[str, Any]:
        telling.tell_hospitals(body)
        return picture(telling)

    @app.put(f"{PREFIX}/stations", dependencies=[Holder])
    def stations(body: list[StationTold]) -> dict[str, Any]:
        telling.tell_stations(body)
        return picture(telling)

    @app.post(f"{PREFIX}/users", dependencies=[Holder], status_code=201)
    def user(body: NewUser) -> dict[str, Any]:
        telling.tell_user(body.username, body.role.value, body.password, body.hospital_id, body.callsign)
        return picture(telling)

    @app.delete(f"{PREFIX}/users/{{username}}", dependencies=[Holder])
    def no_user(username: str) -> dict[str, Any]:
        telling.accounts.remove(username)
        return picture(telling)

    @app.put(f"{PREFIX}/second-factor", dependencies=[Holder])
    def second_factor(body: SecondFactorWanted) -> dict[str, Any]:
        telling.tell_second_factor(body.wanted)
        return picture(telling)

    @app.post(f"{PREFIX}/finish", dependencies=[Holder])
    async def finish(body: Finish) -> dict[str, Any]:
        await run_in_threadpool(telling.finish, body.drill)
        asyncio.get_running_loop().call_later(0.3, finished)  # behind this answer
        return picture(telling)

    if console is not None:
        mount_console(app, console)
    return app


def picture(telling: Telling) -> dict[str, Any]:
    """All a page needs to go on where it stopped. No password and no secret is in it."""
    told, reading = telling.told, telling.reader.reading
    city = telling.city() if told.map and told.city and (told.city.shipped or told.stations) else None
    return {
        **told.model_dump(mode="json"),
        "cities": [{"id": each.id, "name": dict(each.name)} for each in telling.real_cities()],
        "reading": None
        if reading is None
        else {
            "file": reading.file,
            "stage": reading.stage,
            "share": round(reading.share, 3),
            "seconds": round(reading.seconds, 1),
            "fault": reading.fault,
            # Of the same moment as the rest: a thread that ended just now would hide its fault.
            "busy": reading.fault is None and not reading.done,
        },
        "known_hospitals": known_hospitals(city, told.map) if city and told.map else [],
        "known_stations": known_stations(city, told.map) if city and told.map else [],
        "files": telling.files(),
        "known_units": [unit.callsign for unit in city.units] if city else [],
        "users": [
            {
                "username": account.username,
                "role": account.role.value,
                "hospital_id": account.hospital_id,
                "callsign": account.callsign,
            }
            for account in telling.accounts.all()
        ],
    }


async def received(request: Request, telling: Telling, name: str) -> Path:
    """The file that is sent, whole, on the disk. Raises NotAMapFile, DiskFull, UploadBrokenOff, MapBusy."""
    check_name(name)
    folder = await run_in_threadpool(telling.uploads)
    said = int(request.headers.get("content-length", "0") or 0)
    fits, wanted_mb, free_mb = room_for(said, folder)
    if not fits:
        raise DiskFull(wanted_mb=wanted_mb, free_mb=free_mb)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(name).name).lstrip(".-") or "map.osm.pbf"
    aside, got = folder / f"{plain}.{secrets.token_hex(4)}.part", 0
    try:
        with aside.open("wb") as file:
            async for piece in request.stream():
                got += len(piece)
                await run_in_threadpool(file.write, piece)
        if said and got != said:
            raise UploadBrokenOff(got=got, said=said)
        await run_in_threadpool(telling.uploads)  # another file may be read in by now, under this name too
        aside.replace(folder / plain)
    finally:
        aside.unlink(missing_ok=True)
    return folder / plain


def _say_no_in_words(app: FastAPI) -> None:
    @app.exception_handler(Refused)
    def refused(request: Request, refusal: Refused) -> JSONResponse:
        language = language_of(request)
        kind = type(refusal)
        status = refusal.status if isinstance(refusal, SetUpRefused) else ACCOUNT_STATUS[kind]
        facts = {name: str(value) for name, value in refusal.facts.items()}
        return problem(status, refusal.sentence(language), kind.__name__, facts, language=language)

    @app.exception_handler(RequestValidationError)
    def not_understood(request: Request, fault: RequestValidationError) -> JSONResponse:
        language = language_of(request)
        said = misunderstood.sentence(fault.errors(), language)
        return problem(422, said, "Misunderstood", language=language)
