import asyncio

import httpx
import pytest

from simulations.living_demo import client as telephone
from simulations.living_demo.client import Client
from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.pace import Pace
from tests.unit.living_demo.demo_parts import Line, problem


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(telephone, "FIRST_WAIT_S", 0.0)


def flaky(*answers):
    """Gives one answer after the other; an exception is raised, the last answer stays."""
    left = list(answers)

    def answer(request):
        now = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(now, Exception):
            raise now
        return now

    return answer


def test_an_order_is_said_again_under_the_same_key():
    lost = httpx.ReadTimeout("silence")
    line = Line({("POST", "/calls"): flaky(lost, lost, httpx.Response(201, json={"id": "c"}))})
    assert asyncio.run(line.client().post("/calls", {})) == {"id": "c"}
    assert len({key for _, _, _, key in line.asked}) == 1
    assert len(line.asked) == 3


def test_two_orders_have_two_keys():
    line = Line()

    async def twice():
        client = line.client()
        await client.post("/calls", {})
        await client.post("/calls", {})

    asyncio.run(twice())
    assert len({key for _, _, _, key in line.asked}) == 2


def test_a_refusal_says_which_and_is_not_repeated():
    line = Line({("POST", "/calls"): problem(409, "UnitBusy", "C1 is busy")})
    with pytest.raises(Refusal, match="C1 is busy") as refused:
        asyncio.run(line.client().post("/calls", {}))
    assert (refused.value.status, refused.value.kind) == (409, "UnitBusy")
    assert len(line.asked) == 1


def test_a_busy_server_is_asked_again():
    line = Line({("GET", "/units"): flaky(problem(503, "Busy"), httpx.Response(200, json=[]))})
    assert asyncio.run(line.client().get("/units")) == []


def test_who_never_answers_is_unreachable_and_silent():
    line = Line({("GET", "/units"): flaky(httpx.ConnectError("gone"))})
    client = line.client()
    with pytest.raises(Unreachable):
        asyncio.run(client.order("GET", "/units", None, "dispatcher", tries=3))
    assert len(line.asked) == 3
    assert client.silent_s > 0


def test_a_session_that_ended_is_begun_anew():
    line = Line({("GET", "/units"): flaky(problem(401, "SessionOver"), httpx.Response(200, json=["C1"]))})
    assert asyncio.run(line.client().get("/units")) == ["C1"]


def test_a_wrong_password_is_a_refusal():
    answer = httpx.MockTransport(lambda request: problem(401, "BadLogin", "wrong"))
    with pytest.raises(Refusal, match="wrong"):
        asyncio.run(Client("http://vigil.test", "no", transport=answer).get("/units"))


def test_each_account_speaks_with_its_own_session():
    told = []

    def answer(request):
        told.append(request.headers["authorization"])
        return httpx.Response(200, json={})

    line = Line({"GET": answer})

    async def both():
        client = line.client()
        await client.get("/units")
        await client.get("/units", "supervisor")

    asyncio.run(both())
    assert told == ["Bearer token of dispatcher", "Bearer token of supervisor"]


def test_requests_never_exceed_their_pace():
    now = [0.0]
    pace = Pace(10, local=lambda: now[0])
    waits = [pace.wait_s() for _ in range(40)]
    assert waits[5] == 0.0
    assert waits[-1] == pytest.approx(3.0, abs=0.2)
    now[0] += 100.0
    assert pace.wait_s() == 0.0


def test_no_account_signs_in_with_the_cookie_of_another():
    """A page that signs in anew ends the session it had; each account would have ended the one before."""
    cookies = []

    def welcomed(request):
        cookies.append(request.headers.get("cookie"))
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"token": "t"}, headers={"Set-Cookie": "vigil_session=t; Path=/"})
        return httpx.Response(200, json={})

    async def two_accounts():
        client = Client("http://vigil.test", "demo", per_second=1e6, transport=httpx.MockTransport(welcomed))
        await client.get("/units", "dispatcher")
        await client.get("/units", "simulated-crews")
        await client.close()

    asyncio.run(two_accounts())
    assert cookies == [None] * 4
