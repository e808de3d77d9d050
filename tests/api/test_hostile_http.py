"""Who speaks odd HTTP to the real server: heads without an end, wrong verbs and bodies, no HTTP at all."""

import json
import socket
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.support.hostile import Door, doors
from tests.support.problems import MEDIA_TYPE
from tests.support.server import RunningServer

ITEMS = "/ogc/collections/parcels/items"


def spoken(server: RunningServer, *said: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, head and body of what the server answers to these bytes, whatever they are."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.settings.port), timeout=30) as line:
        try:
            for piece in said:
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough
        try:
            while piece := line.recv(65_536):
                received += piece
        except ConnectionResetError:
            pass
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    named = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split(" ")[1]), named, body


def well(server: RunningServer) -> None:
    assert httpx2.get(f"{server.url}/healthz", timeout=60).status_code == 200


def told(status: int, head: dict[str, str], body: bytes) -> dict[str, Any]:
    assert head["content-type"] == MEDIA_TYPE, body
    document: dict[str, Any] = json.loads(body)
    assert document["status"] == status
    return document


def test_a_filter_of_a_megabyte_is_too_long_an_address(live_city: RunningServer) -> None:
    request = b"GET " + ITEMS.encode() + b"?filter=" + b"a" * 2**20 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    status, head, body = spoken(live_city, request)
    assert status == 414
    told(status, head, body)
    well(live_city)


@pytest.mark.parametrize("size", [61 * 1024, 70_000, 200 * 1024])
def test_an_address_longer_than_any_filter(live_city: RunningServer, size: int) -> None:
    status, head, body = spoken(live_city, _long(size))
    assert status == 414
    assert "60 KiB" in told(status, head, body)["detail"]


def test_the_longest_address_is_read(live_city: RunningServer) -> None:
    status, head, body = spoken(live_city, _long(60_000))
    assert status == 400
    assert told(status, head, body)["parameter"] == "filter"


def _long(size: int) -> bytes:
    asked = f"GET {ITEMS}?filter={'a' * size} HTTP/1.1"
    return f"{asked}\r\nHost: x\r\nConnection: close\r\n\r\n".encode()


def test_a_head_without_an_end(live_city: RunningServer) -> None:
    lines = (b"X-%d: " % n + b"y" * 4_000 + b"\r\n" for n in range(1_000))
    status, head, body = spoken(live_city, b"GET /ogc HTTP/1.1\r\nHost: x\r\n", *lines)
    assert status == 431
    assert "256 KiB" in told(status, head, body)["detail"]
    status, head, body = spoken(live_city, b"GET /ogc HTTP/1.1\r\nX: ", *[b"y" * 65_536] * 40)
    assert status == 431
    well(live_city)


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /ogc HTTP/9.9\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /ogc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_is_no_http(live_city: RunningServer, said: bytes) -> None:
    status, head, body = spoken(live_city, said)
    assert 400 <= status < 500
    assert head["content-type"] == MEDIA_TYPE
    assert json.loads(body)["status"] in (status, 400)
    well(live_city)


@pytest.mark.parametrize(
    "said",
    [
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        b"GET /ogc HTTP/1.0\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET http://elsewhere.example/ogc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe;q=nan\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nAccept-Language: "
        + b"vi," * 9_000
        + b"\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b;" * 9_000 + b"\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ' OR 1=1\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nIf-None-Match: "
        + b'"a",' * 9_000
        + b"\r\nConnection: close\r\n\r\n",
        b"GET /ogc HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_is_odd_and_yet_http(live_city: RunningServer, said: bytes) -> None:
    status, _, _ = spoken(live_city, said)
    assert status in (200, 406), status
    well(live_city)


def every_path(client: TestClient) -> list[str]:
    return sorted({Door(door.path, "", "path").address("") for door in doors(client)})


@pytest.mark.parametrize("verb", ["OPTIONS", "HEAD", "TRACE", "PROPFIND", "POST", "PUT", "PATCH", "DELETE"])
def test_other_verbs_on_every_path(city_client: TestClient, verb: str) -> None:
    for path in every_path(city_client):
        if "/auth/" in path:
            continue
        answer = city_client.request(verb, path)
        shown = f"{verb} {path}: {answer.status_code} {answer.text[:200]}"
        assert answer.status_code < 500, shown
        if verb in ("OPTIONS", "HEAD"):
            assert answer.content == b"" or answer.status_code >= 400 or verb == "OPTIONS", shown
        else:
            assert answer.status_code >= 400, shown
            assert answer.headers["content-type"] == MEDIA_TYPE, shown


WRITES = [
    ("POST", "/api/auth/login"),
    ("POST", "/api/auth/token"),
    ("POST", "/api/exports"),
    ("POST", "/api/keys"),
    ("POST", "/ogc/collections/hotspots/items"),
    ("PUT", "/ogc/collections/hotspots/items/1"),
    ("PATCH", "/ogc/collections/hotspots/items/1"),
]


@pytest.mark.parametrize(("verb", "path"), WRITES)
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "\xff",
        "",
        "json",
    ],
)
def test_bodies_of_the_wrong_kind(city_client: TestClient, verb: str, path: str, kind: str) -> None:
    for body in (b"", b"{", b"\xff\xfe\x00", b"[" * 20_000, b'{"a":' * 5_000, b"null", b"NaN", b"--x--\r\n"):
        answer = city_client.request(
            verb, path, content=body, headers=[(b"content-type", kind.encode("latin-1"))]
        )
        told = f"{verb} {path} {kind!r} {body[:20]!r}: {answer.status_code} {answer.text[:200]}"
        assert 400 <= answer.status_code < 500, told
        assert answer.headers["content-type"] == MEDIA_TYPE, told
