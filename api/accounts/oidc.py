"""Another sign-in beside the passwords: OpenID Connect, by authorization code with PKCE.

What the provider says is believed only where its signature, its issuer, its audience, its times and our
nonce are right; which role a person has here is said by `sign-in.toml`, never by the provider alone.
"""

import base64
import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, RLock
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.accounts.errors import AccountRefused, NoRoleForYou, OidcAway, OidcRefused
from api.accounts.roles import Account, Role
from api.accounts.rules import new_account
from api.accounts.sign_in_rules import OidcRules
from api.accounts.throttle import network_of

log = logging.getLogger("vigil.oidc")

ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures with a public key. Never `none`, and no shared secret."""
ON_THE_WAY: Final = timedelta(minutes=10)
MOST_ON_THE_WAY: Final = 1_000
OF_ONE_ADDRESS: Final = 30
"""Who sends more people off from one address pushes out those alone who left from there."""
AWAY_FOR: Final = timedelta(seconds=10)
"""A provider that did not answer is left alone so long; meanwhile everybody is told so at once."""
CLOCKS_DIFFER_S: Final = 60
KEYS_LAST: Final = timedelta(hours=1)
TIMEOUT: Final = httpx.Timeout(10.0, connect=4.0)
CALLBACK: Final = "/api/v1/oidc/callback"


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody who was sent to the provider and is not back yet. `browser` ties it to where it began."""

    address: str
    browser: str
    nonce: str
    verifier: str
    next: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for, and what that means here."""

    issuer: str
    subject: str
    account: Account
    next: str
    id_token: str


class Oidc:
    """One provider. Safe for many threads, and its methods may wait for the network: it is asked in threads
    of its own, and what it says of itself by one of them at a time."""

    def __init__(
        self, rules: OidcRules, now: Callable[[], datetime], client: httpx.Client | None = None
    ) -> None:
        self._rules, self._now = rules, now
        self._client = client or httpx.Client(timeout=TIMEOUT, follow_redirects=False)
        self._journeys: OrderedDict[str, Journey] = OrderedDict()
        self._lock = Lock()
        self._asking = RLock()
        self._away_since: datetime | None = None
        self._about: tuple[dict[str, Any], datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    def close(self) -> None:
        self._client.close()

    def begin(self, after: str, address: str = "") -> tuple[str, str]:
        """Where to send the browser, and the word that it keeps until it is back. Raises OidcAway.

        after   : the page to show then, a path of ours
        address : where the browser is
        """
        about = self._metadata()
        state, browser, nonce = (secrets.token_urlsafe(24) for _ in range(3))
        verifier = secrets.token_urlsafe(48)
        now = self._now()
        journey = Journey(network_of(address), browser, nonce, verifier, _path_of_ours(after), now)
        with self._lock:
            self._make_room(journey)
            self._journeys[state] = journey
        asked = {
            "response_type": "code",
            "client_id": self._rules.client_id,
            "redirect_uri": self._rules.public_url + CALLBACK,
            "scope": self._rules.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        door = about["authorization_endpoint"]
        return f"{door}{'&' if '?' in door else '?'}{urlencode(asked)}", browser

    def end(self, state: str, code: str, browser: str) -> Vouched:
        """Whom the provider vouches for. A journey ends once. Raises OidcRefused, OidcAway, NoRoleForYou."""
        with self._lock:
            journey = self._journeys.pop(state, None)
        if journey is None or self._now() - journey.begun_at > ON_THE_WAY:
            raise OidcRefused(why="too_late")
        if not secrets.compare_digest(journey.browser.encode(), browser.encode()):
            raise OidcRefused(why="other_browser")
        token = self._exchanged(code, journey)
        claims = self._claims(token, journey)
        return Vouched(self._rules.issuer, str(claims["sub"]), self._account(claims), journey.next, token)

    def way_out(self, id_token: str) -> str | None:
        """Where the browser ends its session at the provider; None where that knows no such thing.

        id_token : what it was let in with; empty where it is not at hand
        Raises OidcAway, OidcRefused.
        """
        door = self._metadata().get("end_session_endpoint")
        if not isinstance(door, str) or not door:
            return None
        said = {
            "client_id": self._rules.client_id,
            "post_logout_redirect_uri": f"{self._rules.public_url}/",
        }
        if id_token:
            said["id_token_hint"] = id_token
        return f"{door}{'&' if '?' in door else '?'}{urlencode(said)}"

    def _make_room(self, coming: Journey) -> None:
        """Those go who are too late, then the oldest from the same address, then the oldest of all."""
        while self._journeys:
            oldest = next(iter(self._journeys))
            if coming.begun_at - self._journeys[oldest].begun_at <= ON_THE_WAY:
                break
            del self._journeys[oldest]
        beside = [state for state, journey in self._journeys.items() if journey.address == coming.address]
        if len(beside) >= OF_ONE_ADDRESS:
            del self._journeys[beside[0]]
        elif len(self._journeys) >= MOST_ON_THE_WAY:
            self._journeys.popitem(last=False)

    # --- the provider ---

    def _metadata(self) -> dict[str, Any]:
        with self._asking:
            if self._about is not None and self._now() - self._about[1] < KEYS_LAST:
                return self._about[0]
            about = self._asked("GET", f"{self._rules.issuer}/.well-known/openid-configuration")
            if str(about.get("issuer", "")).rstrip("/") != self._rules.issuer:
                raise OidcRefused(why="other_issuer")
            self._about = (about, self._now())
            return about

    def _exchanged(self, code: str, journey: Journey) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._rules.public_url + CALLBACK,
            "client_id": self._rules.client_id,
            "code_verifier": journey.verifier,
        }
        auth = (self._rules.client_id, self._rules.client_secret) if self._rules.client_secret else None
        told = self._asked("POST", self._metadata()["token_endpoint"], data=form, auth=auth)
        if not isinstance(told.get("id_token"), str):
            raise OidcRefused(why="no_token")
        return str(told["id_token"])

    def _claims(self, token: str, journey: Journey) -> Mapping[str, Any]:
        try:
            claims = self._verified(token).claims
        except (JoseError, ValueError, KeyError) as fault:
            log.warning("an id_token was refused: %s", type(fault).__name__)
            raise OidcRefused(why="bad_signature") from None
        audience = claims.get("aud")
        named = [audience] if isinstance(audience, str) else list(audience or [])
        now_s = self._now().timestamp()
        good = (
            str(claims.get("iss", "")).rstrip("/") == self._rules.issuer
            and self._rules.client_id in named
            and (len(named) == 1 or claims.get("azp") == self._rules.client_id)
            and isinstance(claims.get("exp"), int | float)
            and claims["exp"] > now_s - CLOCKS_DIFFER_S
            and isinstance(claims.get("iat"), int | float)
            and claims["iat"] < now_s + CLOCKS_DIFFER_S
            and secrets.compare_digest(str(claims.get("nonce", "")).encode(), journey.nonce.encode())
            and bool(claims.get("sub"))
        )
        if not good:
            raise OidcRefused(why="not_for_us")
        return claims

    def _verified(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
        except (JoseError, ValueError, KeyError):
            self._keys = None  # the provider may have changed its keys since
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)

    def _key_set(self) -> KeySet:
        with self._asking:
            if self._keys is None or self._now() - self._keys[1] > KEYS_LAST:
                found: Any = self._asked("GET", self._metadata()["jwks_uri"])
                self._keys = (KeySet.import_key_set(found), self._now())
            return self._keys[0]

    def _asked(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        if self._away_since is not None and self._now() - self._away_since < AWAY_FOR:
            raise OidcAway
        try:
            answer = self._client.request(method, url, **more)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as fault:
            log.warning("the provider %s does not answer: %s", self._rules.issuer, type(fault).__name__)
            self._away_since = self._now()
            raise OidcAway from None
        self._away_since = None
        if answer.status_code >= 500:
            raise OidcAway
        if answer.status_code >= 300 or not isinstance(told, dict):
            raise OidcRefused(why="code_refused")
        return told

    # --- what it means here ---

    def _account(self, claims: Mapping[str, Any]) -> Account:
        said = claims.get(self._rules.roles_claim)
        groups = {said} if isinstance(said, str) else set(map(str, said or []))
        role = next((role for group, role in self._rules.roles.items() if group in groups), None)
        name = str(claims.get(self._rules.username_claim) or "")
        if role is None:
            raise NoRoleForYou(username=name or claims["sub"])
        hospital = claims.get(self._rules.hospital_claim) if role is Role.HOSPITAL else None
        unit = claims.get(self._rules.unit_claim) if role is Role.CREW else None
        try:
            return new_account(name.partition("@")[0], role, hospital and str(hospital), unit and str(unit))
        except AccountRefused as refusal:
            log.warning("the provider names somebody who can be no account: %s", refusal.sentence())
            raise OidcRefused(why="unfit_account") from None


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _path_of_ours(said: str) -> str:
    """Never an address elsewhere: `//host` and `/\\host` are such, too."""
    plain = said.startswith("/") and not said.startswith(("//", "/\\")) and "\\" not in said
    return said if plain and said.isprintable() else "/"
