"""A small OpenID Connect provider of our own, on a port of this machine: it signs with a real key."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


class Provider:
    """Lets everybody in as `person`. What it says of them, and how, may be bent by a test.

    person : claims of whoever signs in;  bend : changes the claims of the next id_token
    ends   : whether one can sign out there
    waits  : clear it, and nothing is answered until it is set;  asked : the paths that were asked for
    left   : who has signed out
    """

    def __init__(self, client_id: str = "vigil", client_secret: str | None = "hush") -> None:
        self.client_id, self.client_secret = client_id, client_secret
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signer, self.algorithm = self.key, "RS256"
        self.person: dict[str, Any] = {
            "sub": "p-1", "preferred_username": "lan.nguyen", "groups": ["vigil-desk"]
        }  # fmt: skip
        self.bend: dict[str, Any] = {}
        self.ends = True
        self.waits = threading.Event()
        self.waits.set()
        self.asked: list[str] = []
        self.left: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._get(self)

            def do_POST(self) -> None:
                provider._post(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _get(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        self.asked.append(parts.path)
        self.waits.wait(30)
        if parts.path == "/.well-known/openid-configuration":
            told = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            if self.ends:
                told["end_session_endpoint"] = f"{self.issuer}/logout"
            _answer(request, 200, told)
        elif parts.path == "/keys":
            _answer(request, 200, KeySet([self.key]).as_dict(private=False))
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = secrets.token_urlsafe(8)
            self._codes[code] = asked
            request.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            request.send_header("Location", f"{asked['redirect_uri']}?{back}")
            request.end_headers()
        elif parts.path == "/logout":
            said = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.left.append(jwt.decode(said["id_token_hint"], self.key).claims["sub"])
            request.send_response(302)
            request.send_header("Location", said["post_logout_redirect_uri"])
            request.end_headers()
        else:
            _answer(request, 404, {})

    def _post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        known = self.client_secret is None or request.headers.get("authorization") == f"Basic {wanted}"
        if asked is None or not known or asked.get("code_challenge") != challenge:
            _answer(request, 400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.bend,
        }
        token = jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.signer)
        _answer(request, 200, {"id_token": token, "token_type": "Bearer", "access_token": "unused"})


def _answer(request: BaseHTTPRequestHandler, status: int, told: object) -> None:
    body = json.dumps(told).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
