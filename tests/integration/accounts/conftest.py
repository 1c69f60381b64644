"""A small service with nothing but accounts, on a real file, with cheap hashes and its own clock."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import pytest
from argon2 import PasswordHasher
from fastapi import Depends, FastAPI, Request, WebSocket
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from api.accounts.errors import STATUS, headers
from api.accounts.guard import allow, insist_on_hospital, insist_on_unit, signed_in_socket, until_signed_out
from api.accounts.passwords import Passwords
from api.accounts.roles import Account, Role
from api.accounts.router import router
from api.accounts.store import AccountStore
from domain.errors import Refused

PASSWORD = "a good password"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2025, 3, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cheap():
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def store(tmp_path, clock, cheap):
    store = AccountStore(tmp_path / "data" / "accounts.sqlite", now=clock, passwords=cheap)
    store.add("lan", "dispatcher", PASSWORD)
    store.add("nurse", "hospital", PASSWORD, hospital_id="cho-ray")
    store.add("kip1", "crew", PASSWORD, callsign="C1")
    store.add("plan", "planner", PASSWORD)
    yield store
    store.close()


@pytest.fixture
def app(store):
    app = FastAPI()
    app.state.accounts = store
    app.include_router(router, prefix="/api/v1")

    @app.exception_handler(Refused)
    def say_no(request: Request, refusal: Refused) -> JSONResponse:
        language = "vi" if request.headers.get("accept-language", "").startswith("vi") else "en"
        return JSONResponse(
            {"detail": refusal.sentence(language), **refusal.facts},
            STATUS[type(refusal)],
            headers(refusal),
            "application/problem+json",
        )

    @app.post("/api/v1/calls")
    def desk_only(account: Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR))]) -> str:
        return account.username

    @app.put("/api/v1/hospitals/{hospital_id}/beds")
    def beds(hospital_id: str, account: Annotated[Account, Depends(allow(Role.DISPATCHER, Role.HOSPITAL))]):
        insist_on_hospital(account, hospital_id)

    @app.post("/api/v1/units/{callsign}/duty")
    def duty(callsign: str, account: Annotated[Account, Depends(allow(Role.DISPATCHER, Role.CREW))]):
        insist_on_unit(account, callsign)

    @app.websocket("/api/v1/live")
    async def live(websocket: WebSocket, account: Annotated[Account, Depends(signed_in_socket)]) -> None:
        await websocket.accept()
        await websocket.send_text(account.username)
        await until_signed_out(websocket, account)
        await websocket.close(4401)

    return app


@pytest.fixture
def client(app):
    with TestClient(app, base_url="http://vigil.test") as client:
        yield client


@pytest.fixture
def sign_in(client):
    """Sign in without keeping the cookie; answers the header for a program."""

    def sign_in(username: str = "lan", password: str = PASSWORD) -> dict[str, str]:
        answer = client.post("/api/v1/login", json={"username": username, "password": password})
        assert answer.status_code == 200, answer.text
        client.cookies.clear()
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    return sign_in
