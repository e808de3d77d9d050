"""A small OpenID Connect provider that really listens, signs and checks: what sign-in is tested against."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "gis"
CLIENT_SECRET = "a secret between two machines"  # noqa: S105


@dataclass
class Person:
    """Who is sitting at the provider's sign-in page; ``claims`` go into the id token."""

    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)


class Provider:
    """Authorization code with PKCE, discovery and JWKS, on 127.0.0.1.

    Tests turn the attributes to make it rotate keys, forge, or answer for someone else.
    """

    def __init__(self) -> None:
        self.person = Person()
        self.key = _first_key()
        self.published = [self.key]
        self.altered: dict[str, Any] = {}
        self.with_id_token = True
        self.announced_issuer: str | None = None
        self.algorithms = ["RS256"]
        self.algorithm = "RS256"
        self.codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: the tests' own output is enough."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Provider":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def rotate_key(self, *, publish: bool = True, kid: str | None = None) -> None:
        """Sign with a new key from now on, under a name of its own or one that is taken."""
        self.key = _new_key(kid)
        if publish:
            self.published = [self.key]

    def get(self, request: BaseHTTPRequestHandler) -> None:
        """Discovery, keys, and the page where people sign in: this one asks nothing."""
        place = urlsplit(request.path)
        if place.path == "/.well-known/openid-configuration":
            _answer(request, 200, self._metadata())
        elif place.path == "/jwks":
            _answer(request, 200, {"keys": [key.as_dict(private=False) for key in self.published]})
        elif place.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(place.query).items()}
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            query = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
            request.send_response(302)
            request.send_header("Location", f"{asked['redirect_uri']}?{query}")
            request.end_headers()
        else:
            _answer(request, 404, {})

    def post(self, request: BaseHTTPRequestHandler) -> None:
        """The token endpoint: each code once, for the client, address and verifier it was made for."""
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        login = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers["Authorization"] != f"Basic {login}":
            _answer(request, 401, {"error": "invalid_client"})
            return
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            asked is None
            or asked.get("code_challenge_method") != "S256"
            or asked.get("code_challenge") != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            _answer(request, 400, {"error": "invalid_grant"})
            return
        answer = {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 60}
        if self.with_id_token:
            answer["id_token"] = self._id_token(asked["nonce"])
        _answer(request, 200, answer)

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.person.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            **self.person.claims,
            **self.altered,
        }
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.announced_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": self.algorithms,
        }


@cache
def _first_key() -> RSAKey:
    """What every provider begins with: making a key takes longer than a whole sign-in."""
    return _new_key()


def _new_key(kid: str | None = None) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid or secrets.token_hex(4), "use": "sig"}, private=True)


def _answer(request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)
