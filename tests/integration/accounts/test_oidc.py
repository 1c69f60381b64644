"""Another sign-in beside the passwords, against a provider that really signs."""

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import anyio.to_thread
import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from api.accounts.oidc import Oidc
from api.accounts.oidc_router import router as oidc
from api.accounts.roles import Role
from api.accounts.sign_in_rules import OidcRules, SignInRules
from tests.servers.oidc_provider import Provider

OURS = "http://vigil.test"


@pytest.fixture(scope="module")
def provider():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture(autouse=True)
def _as_at_first(provider):
    before = dict(provider.person)
    yield
    provider.person, provider.bend = before, {}
    provider.signer, provider.algorithm = provider.key, "RS256"
    provider.waits.set()
    provider.ends = True
    provider.asked.clear()
    provider.left.clear()


@pytest.fixture
def client(app, store, provider, clock):
    app.include_router(oidc, prefix="/api/v1")
    clock.at = clock.at.fromtimestamp(time.time(), clock.at.tzinfo)
    store.rules = SignInRules(
        oidc=OidcRules(
            issuer=provider.issuer,
            client_id="vigil",
            public_url=OURS,
            client_secret="hush",
            name={"vi": "Sở Y tế", "en": "Department of Health"},
            roles={
                "vigil-wards": Role.HOSPITAL,
                "vigil-desk": Role.DISPATCHER,
                "vigil-chiefs": Role.SUPERVISOR,
            },
        )
    )
    with TestClient(app, base_url=OURS, follow_redirects=False) as client:
        yield client


def away(client, after="/"):
    """Off to the provider, and what it sends back."""
    sent = client.get("/api/v1/oidc/start", params={"next": after})
    assert sent.status_code == 303, sent.text
    back = httpx.get(sent.headers["location"], trust_env=False)
    return back.headers["location"].removeprefix(OURS)


def come_back(client, after="/"):
    return client.get(away(client, after))


def who(client):
    told = client.get("/api/v1/me").json()
    return told.get("username"), told.get("role"), told.get("hospital_id")


def test_the_page_that_asks_is_told_of_the_other_sign_in(client):
    assert client.get("/api/v1/sign-in").json()["oidc"]["en"] == "Department of Health"


def test_whom_the_provider_vouches_for_is_signed_in_with_the_role_of_the_group(client):
    page = come_back(client, "/hospital")
    assert page.status_code == 200
    assert 'content="0;url=/hospital"' in page.text
    assert "samesite=strict" in page.headers["set-cookie"].lower()
    assert who(client) == ("lan.nguyen", "dispatcher", None)


def test_a_ward_is_bound_to_the_hospital_that_the_provider_names(client, provider):
    provider.person = {**provider.person, "sub": "p-2", "preferred_username": "yta@benhvien.vn"}
    provider.person |= {"groups": ["others", "vigil-wards"], "vigil_hospital": "cho-ray"}
    come_back(client)
    assert who(client) == ("yta", "hospital", "cho-ray")


def test_another_group_is_another_role_at_the_next_sign_in_and_ends_what_was_open(client, provider):
    come_back(client)
    token = {"Authorization": f"Bearer {client.cookies['vigil_session']}"}
    with (
        TestClient(client.app, base_url=OURS, follow_redirects=False) as other,
        client.websocket_connect("/api/v1/live", headers=token) as line,
    ):
        assert line.receive_text() == "lan.nguyen"
        provider.person = {**provider.person, "groups": ["vigil-chiefs"]}
        come_back(other)
        assert who(other) == ("lan.nguyen", "supervisor", None)
        assert line.receive()["code"] == 4401
    client.cookies.clear()
    assert client.get("/api/v1/me", headers=token).status_code == 401


def test_an_account_that_was_given_a_password_since_is_neither_changed_nor_struck_out(
    client, provider, store
):
    come_back(client)
    store.set_password("lan.nguyen", "one of its own")
    provider.person = {**provider.person, "groups": ["vigil-chiefs"]}
    assert come_back(client).status_code == 409
    assert {account.username: account.role for account in store.all()}["lan.nguyen"] is Role.DISPATCHER
    provider.person = {
        **provider.person,
        "preferred_username": "lan.tran",
    }  # another name for the same person
    assert come_back(client).status_code == 200
    assert {"lan.nguyen", "lan.tran"} <= {account.username for account in store.all()}


def test_nobody_without_a_group_of_ours_is_let_in(client, provider):
    provider.person = {**provider.person, "groups": ["accounting"]}
    page = come_back(client)
    assert page.status_code == 403
    assert "chưa có vai trò" in page.text
    assert "vigil_session" not in page.headers.get("set-cookie", "")


def test_nobody_takes_over_an_account_that_has_a_password(client, provider):
    provider.person = {**provider.person, "sub": "p-9", "preferred_username": "lan"}
    assert come_back(client).status_code == 409
    assert client.get("/api/v1/me").status_code == 401


def test_an_account_without_a_password_has_none_that_could_be_guessed(client, store):
    come_back(client)
    for guess in ("vouched for elsewhere", ""):
        answer = client.post("/api/v1/login", json={"username": "lan.nguyen", "password": guess or " "})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "bend",
    [
        {"nonce": "another"},
        {"aud": "another service"},
        {"aud": ["vigil", "another"], "azp": "another"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
        {"iat": 99_999_999_999},
        {"sub": ""},
    ],
)
def test_what_is_not_for_us_or_not_for_now_is_refused(client, provider, bend):
    provider.bend = bend
    assert come_back(client).status_code == 403
    assert client.get("/api/v1/me").status_code == 401


def test_another_key_of_the_same_name_signs_nothing(client, provider):
    provider.signer = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_back(client).status_code == 403


def test_our_own_secret_is_no_signature(client, provider):
    provider.signer, provider.algorithm = OctKey.import_key("hush" * 10, {"kid": "one"}), "HS256"
    assert come_back(client).status_code == 403


def test_keys_that_the_provider_has_changed_are_fetched_again(client, provider):
    come_back(client)
    before = provider.key
    provider.key = provider.signer = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    try:
        assert come_back(client).status_code == 200
    finally:
        provider.key = before


def test_a_way_back_is_good_once_and_only_for_the_browser_that_began_it(client, app):
    way = away(client)
    with TestClient(app, base_url=OURS) as stranger:
        assert stranger.get(way).status_code == 403
    assert client.get(way).status_code == 403  # the stranger has used it up
    way = away(client)
    assert client.get(way).status_code == 200
    assert client.get(way).status_code == 403


def test_a_way_back_is_good_for_ten_minutes(client, clock):
    way = away(client)
    clock.pass_by(minutes=11)
    assert client.get(way).status_code == 403


def test_the_question_carries_a_challenge_and_no_secret(client):
    asked = parse_qs(urlsplit(client.get("/api/v1/oidc/start").headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert "hush" not in str(asked)


@pytest.mark.parametrize(
    "after", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_afterwards(client, after):
    assert 'content="0;url=/"' in come_back(client, after).text


def test_where_the_provider_is_away_passwords_still_open_the_door(client, store, provider):
    rules = store.rules
    gone = OidcRules(
        **{f: getattr(rules.oidc, f) for f in rules.oidc.__slots__} | {"issuer": "http://127.0.0.1:9"}
    )
    store.rules = SignInRules(oidc=gone)
    assert client.get("/api/v1/oidc/start").status_code == 503
    good = {"username": "lan", "password": "a good password"}
    assert client.post("/api/v1/login", json=good).status_code == 200


def test_without_another_sign_in_there_is_none(client, store):
    store.rules = SignInRules()
    assert client.get("/api/v1/oidc/start").status_code == 404


def test_a_provider_that_keeps_everybody_waiting_holds_up_no_order(client, provider):
    """The threads of the orders are few; none of them waits for somebody outside."""
    provider.waits.clear()
    client.portal.call(_eight_threads)
    with ThreadPoolExecutor(20) as crowd:
        starting = [crowd.submit(client.get, "/api/v1/oidc/start") for _ in range(20)]
        time.sleep(0.3)
        begun = time.monotonic()
        client.cookies.set("vigil_session", "looked up in a thread")
        assert client.get("/api/v1/me").status_code == 401
        took_s = time.monotonic() - begun
        provider.waits.set()
        answers = [each.result().status_code for each in starting]
    assert took_s < 2
    assert sorted(set(answers)) == [303, 503]
    assert provider.asked.count("/.well-known/openid-configuration") == 1  # one asks, the others wait for it


def test_a_provider_that_did_not_answer_is_left_alone_for_ten_seconds(client, provider, store, clock):
    asked = []

    def no_answer(request):
        asked.append(request.url.path)
        raise httpx.ConnectTimeout("nobody there")

    store.oidc = Oidc(store.rules.oidc, clock, httpx.Client(transport=httpx.MockTransport(no_answer)))
    for _ in range(5):
        assert client.get("/api/v1/oidc/start").status_code == 503
    assert len(asked) == 1
    clock.pass_by(seconds=11)
    assert client.get("/api/v1/oidc/start").status_code == 503
    assert len(asked) == 2


def test_a_thousand_journeys_from_one_address_end_nobody_elses(client, store, provider):
    way = away(client)
    for _ in range(1_100):
        store.oidc.begin("/", "203.0.113.9")
    assert client.get(way).status_code == 200
    assert len(store.oidc._journeys) == 30


async def _eight_threads():
    anyio.to_thread.current_default_thread_limiter().total_tokens = 8


def test_whoever_is_stopped_is_not_let_in_by_the_provider_either_nor_under_another_name(
    client, store, provider
):
    come_back(client)
    store.stop("lan.nguyen", by="chi")
    assert client.get("/api/v1/me").status_code == 401
    assert "tạm khóa" in come_back(client).text
    provider.person = {**provider.person, "preferred_username": "lan.new"}
    assert come_back(client).status_code == 403
    assert [account.username for account in store.all() if account.username.startswith("lan.")] == [
        "lan.nguyen"
    ]
    store.let_in_again("lan.nguyen", by="chi")
    assert come_back(client).status_code == 200
    assert who(client)[0] == "lan.new"


def test_what_the_provider_says_in_its_own_words_is_not_shown(client):
    page = client.get("/api/v1/oidc/callback", params={"error": "call 0900 000 000 to sign in"})
    assert page.status_code == 403
    assert "0900" not in page.text
    assert "dịch vụ đã trả bạn về" in page.text
    assert "the service sent you back" in page.text


def test_the_reason_is_told_in_both_languages(client, provider):
    way = away(client)
    client.cookies.clear()
    page = client.get(way)
    vi, _, en = page.text.partition('<p lang="en">')
    assert "trình duyệt khác" in vi
    assert "another browser" in en
    assert "another browser" not in vi


def leave(client):
    assert client.post("/api/v1/logout", headers={"Origin": OURS}).status_code == 204
    return client.get("/api/v1/oidc/end")


def test_who_leaves_leaves_the_provider_too_and_comes_back_to_our_door(client, provider):
    come_back(client)
    assert client.get("/api/v1/me").json()["vouched_for"] is True
    away = leave(client)
    assert away.status_code == 303
    back = httpx.get(away.headers["location"], trust_env=False)
    assert (back.headers["location"], provider.left) == (f"{OURS}/", ["p-1"])
    assert client.get("/api/v1/oidc/end").headers["location"] == "/"  # once is enough


def test_a_browser_that_brings_no_word_of_the_provider_leaves_nowhere(client, provider):
    """Another site can send a browser here, but a strict cookie does not come along."""
    page = come_back(client)
    out = next(line for line in page.headers.get_list("set-cookie") if line.startswith("vigil_oidc_out="))
    assert {"HttpOnly", "SameSite=strict", "Path=/api/v1/oidc"} <= set(out.split("; "))
    client.cookies.delete("vigil_oidc_out")
    assert client.get("/api/v1/oidc/end").headers["location"] == "/"


def test_who_signed_in_with_a_password_has_nothing_to_leave_elsewhere(client):
    client.post("/api/v1/login", json={"username": "lan", "password": "a good password"})
    assert client.get("/api/v1/me").json()["vouched_for"] is False
    assert leave(client).headers["location"] == "/"


def test_a_provider_that_knows_no_way_out_or_is_away_keeps_nobody_signed_in(client, provider, store, clock):
    provider.ends = False
    come_back(client)
    assert leave(client).headers["location"] == "/"
    come_back(client)

    def no_answer(request):
        raise httpx.ConnectTimeout("nobody there")

    store.oidc = Oidc(store.rules.oidc, clock, httpx.Client(transport=httpx.MockTransport(no_answer)))
    assert leave(client).headers["location"] == "/"
    assert client.get("/api/v1/me").status_code == 401


def test_what_is_too_large_for_a_cookie_is_left_out(client, provider):
    provider.person = {**provider.person, "groups": ["vigil-desk", *(f"group-{n}" * 4 for n in range(120))]}
    come_back(client)
    asked = parse_qs(urlsplit(leave(client).headers["location"]).query)
    assert asked == {"client_id": ["vigil"], "post_logout_redirect_uri": [f"{OURS}/"]}
