"""What a browser is told beside every page, and under which names a centre on loopback answers."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.websockets import WebSocketDisconnect

from api.accounts.roles import Role
from api.accounts.sign_in_rules import OidcRules, SignInRules
from api.cli.up_command import listening, own_names
from api.first_run.app import create_setup_app
from api.main import create_app
from api.wiring import Settings

PAGES = ["index", "hospital", "beds", "crew", "setup", "wall", "past", "supervisor", "planner"]
ADDRESSES = [
    "/",
    "/hospital",
    "/hospital/beds",
    "/crew",
    "/wall",
    "/past",
    "/supervisor",
    "/planner",
    "/docs",
]
HERE = "http://127.0.0.1:8115"


@pytest.fixture
def console(tmp_path):
    for page in PAGES:
        (tmp_path / f"{page}.html").write_text("<!doctype html><title>Vigil</title>")
    (tmp_path / "crew-worker.js").write_text("//")
    return tmp_path


def never():
    raise AssertionError("no centre is opened for this")


@pytest.fixture
def browser(console):
    return TestClient(create_app(never, console, names=frozenset()), base_url=HERE)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_runs_our_scripts_alone_and_stands_in_no_frame(browser, address):
    page = browser.get(address)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"


def test_the_script_in_the_page_of_the_api_is_allowed_by_its_digest_alone(browser):
    page = browser.get("/docs")
    scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digests = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(digests) == 1
    assert f"'sha256-{digests[0]}'" in page.headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline'" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_served_under_the_name_of_its_file(browser, page):
    assert browser.get(f"/{page}.html").status_code == 404


def test_an_open_page_can_ask_which_build_of_the_console_is_served_now(browser, console):
    assert browser.get("/healthz").json() == {"status": "alive", "build": None}
    (console / "build.txt").write_text("4f1c\n")
    assert browser.get("/healthz").json()["build"] == "4f1c"
    (console / "build.txt").write_text("77aa")  # another console was laid there while the server ran
    assert browser.get("/healthz").json()["build"] == "77aa"


def test_no_type_is_guessed_of_anything(browser):
    for address in ("/crew-worker.js", "/healthz", "/nothing-here", "/openapi.json"):
        assert browser.get(address).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8115", "localhost:8115", "[::1]:8115", "127.8.8.8", "vigil.localhost"]
)
def test_on_loopback_it_answers_under_the_names_of_this_machine(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8115", "localhost.evil.example", "127.0.0.1.evil", ""]
)
def test_on_loopback_it_answers_under_no_other_name(browser, host):
    answer = browser.get("/openapi.json", headers={"Host": host, "Origin": f"http://{host}"})
    assert answer.status_code == 421
    assert "--behind-proxy" in answer.json()["detail"]


def test_a_line_is_not_opened_under_another_name(browser):
    line = browser.websocket_connect("/api/v1/live", headers={"Host": "evil.example"})
    with pytest.raises(WebSocketDisconnect) as refusal:
        line.__enter__()
    assert refusal.value.code == 1008


def test_a_name_that_was_told_at_the_start_is_answered(console):
    oidc = OidcRules("https://id.vn", "vigil", "https://vigil.vn", None, {}, {"desk": Role.DISPATCHER})
    names = own_names("127.0.0.1", ["Desk.example.vn"], SignInRules(oidc=oidc))
    browser = TestClient(create_app(never, console, names=names), base_url=HERE)
    for host in ("desk.example.vn", "vigil.vn:443"):
        assert browser.get("/", headers={"Host": host}).status_code == 200
    assert own_names("0.0.0.0", [], SignInRules()) is None


def test_the_first_run_has_the_same_door(console):
    browser = TestClient(create_setup_app(None, "key", console, never, frozenset()), base_url=HERE)
    assert "frame-ancestors 'none'" in browser.get("/setup").headers["content-security-policy"]
    assert browser.get("/setup", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(("behind_proxy", "believed"), [(False, "127.0.0.1"), (True, "203.0.113.9")])
def test_a_header_says_who_comes_only_where_a_proxy_is_known_to_stand_before_us(
    tmp_path, behind_proxy, believed
):
    async def who(request):
        return PlainTextResponse(request.client.host)

    config = listening(Starlette(routes=[Route("/", who)]), Settings(tmp_path, behind_proxy=behind_proxy))
    config.load()
    browser = TestClient(config.loaded_app, base_url=HERE, client=("127.0.0.1", 50000))
    assert browser.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).text == believed
