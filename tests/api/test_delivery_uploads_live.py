"""Uploads to a server that really runs: a line that breaks, two writers, a restart, memory."""

import json
import re
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from etl.delivery.intake.uploads import finished, uploads_folder
from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.server import RunningServer
from tests.support.staff import Headers
from tests.support.uploads import PIECE, UPLOADS, begin, send

MB = 2**20
CONTENT = bytes(range(256)) * 9_000


@pytest.fixture
def steward(live_city: RunningServer, base_settings: Settings) -> Iterator[Headers]:
    accounts = json.loads((base_settings.data_dir / DEMO_ACCOUNTS_FILE).read_text("utf-8"))
    answer = httpx2.post(f"{live_city.url}/api/auth/token", data=accounts["steward"], timeout=60)
    yield {"Authorization": f"Bearer {answer.json()['access_token']}"}
    shutil.rmtree(uploads_folder(base_settings.data_dir), ignore_errors=True)


@pytest.fixture
def client(live_city: RunningServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=live_city.url, timeout=60) as opened:
        yield opened


def _half_a_piece(url: str, headers: Headers, path: str, offset: int, sent: bytes) -> socket.socket:
    """A line on which all of the content is announced and not all of it comes."""
    parts = urlsplit(url)
    line = socket.create_connection((parts.hostname, parts.port), timeout=30)
    told = headers | PIECE | {"Host": parts.netloc, "Upload-Offset": str(offset)}
    told["Content-Length"] = str(len(CONTENT) - offset)
    head = f"PATCH {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
    line.sendall(head.encode() + b"\r\n" + sent)
    return line


def _until(client: httpx2.Client, headers: Headers, path: str, offset: int) -> None:
    """Wait until so many bytes are here."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if int(client.head(path, headers=headers).headers["upload-offset"]) >= offset:
            return
        time.sleep(0.05)
    raise AssertionError(client.head(path, headers=headers).headers["upload-offset"])


def _given_up(client: httpx2.Client, headers: Headers, path: str, offset: int) -> None:
    """Wait until the server has given up a broken line, and has kept so much of it."""
    deadline = time.monotonic() + 30
    while (answer := send(client, headers, path, offset, b"")).status_code != 204:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)


def _whole(data_dir: Path, upload: str) -> bytes:
    told = json.loads((uploads_folder(data_dir) / upload / "upload.json").read_text("utf-8"))
    return finished(data_dir, upload, told["account_id"]).read_bytes()


def test_a_broken_line_and_a_restart_lose_nothing(
    live_city: RunningServer,
    client: httpx2.Client,
    steward: Headers,
    base_settings: Settings,
    small_city: Logins,
) -> None:
    upload = begin(client, steward, len(CONTENT)).json()["id"]
    path = f"{UPLOADS}/{upload}"
    _half_a_piece(live_city.url, steward, path, 0, CONTENT[:300_000]).close()
    _given_up(client, steward, path, 300_000)
    with (
        RunningServer(base_settings, small_city) as other,
        httpx2.Client(base_url=other.url, timeout=60) as again,
    ):
        _half_a_piece(other.url, steward, path, 300_000, CONTENT[300_000:700_000]).close()
        _given_up(again, steward, path, 700_000)
    assert send(client, steward, path, 700_000, CONTENT[700_000:]).status_code == 204
    assert _whole(base_settings.data_dir, upload) == CONTENT


def test_one_piece_at_a_time(live_city: RunningServer, client: httpx2.Client, steward: Headers) -> None:
    upload = begin(client, steward, len(CONTENT)).json()["id"]
    path = f"{UPLOADS}/{upload}"
    with _half_a_piece(live_city.url, steward, path, 0, CONTENT[: 2 * MB]):
        _until(client, steward, path, MB)
        second = send(client, steward, path, MB, b"")
        assert second.status_code == 423, second.text
        assert second.json()["type"].endswith("locked")
    _given_up(client, steward, path, 2 * MB)
    assert send(client, steward, path, 2 * MB, CONTENT[2 * MB :]).status_code == 204


def test_memory_does_not_grow_with_the_file(
    client: httpx2.Client, steward: Headers, base_settings: Settings
) -> None:
    block, blocks = bytes(range(256)) * 4_096, 300
    upload = begin(client, steward, len(block) * blocks).json()["id"]
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _most_resident()
    answer = send(client, steward, f"{UPLOADS}/{upload}", 0, (block for _ in range(blocks)))
    assert answer.status_code == 204
    assert _most_resident() - before < 48 * MB
    (content,) = uploads_folder(base_settings.data_dir).glob(f"{upload}/content/*")
    assert content.stat().st_size == len(block) * blocks


def test_what_nobody_asked_for_is_not_kept_in_memory(live_city: RunningServer, client: httpx2.Client) -> None:
    """The address lets bodies of any size through; who may not upload is refused before one is read."""
    before = _most_resident()
    block = bytes(MB)
    answer = httpx2.patch(
        f"{live_city.url}{UPLOADS}/x",
        content=(block for _ in range(200)),
        headers=PIECE | {"Upload-Offset": "0"},
        timeout=60,
    )
    assert answer.status_code == 401
    assert _most_resident() - before < 48 * MB
    assert client.get("/healthz").status_code == 200


def _most_resident() -> int:
    """Bytes of this process, which the server is a part of, at their most."""
    told = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+([0-9]+) kB", told)
    assert found is not None
    return int(found[1]) * 1024
