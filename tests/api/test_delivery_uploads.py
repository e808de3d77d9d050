"""Uploads over HTTP: begun, gone on with, finished, removed, and every way they are refused."""

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etl.delivery.intake import space
from etl.delivery.intake.uploads import MOST_OF_ONE, finished, uploads_folder
from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role
from gis_platform.errors import Conflict, NotFound
from gis_platform.settings import Settings
from tests.support.problems import problem
from tests.support.staff import Headers
from tests.support.uploads import PIECE, UPLOADS, begin, metadata, send


@pytest.fixture(autouse=True)
def folder(base_settings: Settings) -> Iterator[Path]:
    """Where uploads lie; empty again afterwards."""
    yield uploads_folder(base_settings.data_dir)
    shutil.rmtree(uploads_folder(base_settings.data_dir), ignore_errors=True)


@pytest.fixture
def steward(staff: Mapping[Role, Headers]) -> Headers:
    return staff[Role.STEWARD]


def test_a_file_comes_in_pieces_and_is_finished(
    city_client: TestClient, steward: Headers, base_settings: Settings
) -> None:
    content = bytes(range(256)) * 700
    answer = begin(city_client, steward, len(content))
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert place.endswith(f"{UPLOADS}/{answer.json()['id']}")
    assert answer.headers["tus-resumable"] == "1.0.0"
    first = send(city_client, steward, place, 0, content[:100_000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "100000")
    told = city_client.head(place, headers=steward)
    assert (told.headers["upload-offset"], told.headers["upload-length"]) == ("100000", str(len(content)))
    assert told.headers["upload-metadata"] == metadata("thửa đất.gpkg")
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["upload-expires"].endswith("GMT")
    assert send(city_client, steward, place, 100_000, content[100_000:]).status_code == 204
    state = city_client.get(place, headers=steward).json()
    assert state["done"] is True
    assert state["name"] == "thửa đất.gpkg"
    listed = city_client.get(UPLOADS, headers=steward).json()
    assert [upload["id"] for upload in listed] == [state["id"]]
    (kept,) = uploads_folder(base_settings.data_dir).glob(f"{state['id']}/content/*")
    assert kept.read_bytes() == content
    assert kept.name == "thửa đất.gpkg"


def test_finished_is_for_whose_it_is(
    city_client: TestClient, steward: Headers, staff: Mapping[Role, Headers], base_settings: Settings
) -> None:
    upload = begin(city_client, steward, 4).json()["id"]
    told = json.loads((uploads_folder(base_settings.data_dir) / upload / "upload.json").read_text("utf-8"))
    with pytest.raises(Conflict, match="0 of 4 bytes"):
        finished(base_settings.data_dir, upload, told["account_id"])
    send(city_client, steward, f"{UPLOADS}/{upload}", 0, b"abcd")
    assert finished(base_settings.data_dir, upload, told["account_id"]).read_bytes() == b"abcd"
    with pytest.raises(NotFound, match="no such upload"):
        finished(base_settings.data_dir, upload, told["account_id"] + 1)
    admin = staff[Role.ADMIN]
    problem(city_client.get(f"{UPLOADS}/{upload}", headers=admin), 404)
    problem(send(city_client, admin, f"{UPLOADS}/{upload}", 4, b""), 404)
    problem(city_client.delete(f"{UPLOADS}/{upload}", headers=admin), 404)


def test_it_is_removed(city_client: TestClient, steward: Headers, folder: Path) -> None:
    place = begin(city_client, steward, 4).headers["location"]
    assert city_client.delete(place, headers=steward).status_code == 204
    problem(city_client.get(place, headers=steward), 404)
    assert [entry.name for entry in folder.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.PUBLIC, 401), (Role.PERMIT, 403), (Role.OPERATOR, 403), (Role.AUDITOR, 403)]
)
def test_it_is_for_stewards_and_planners(
    city_client: TestClient, staff: Mapping[Role, Headers], folder: Path, role: Role, status: int
) -> None:
    problem(begin(city_client, staff[role], 4), status)
    problem(send(city_client, staff[role], f"{UPLOADS}/x", 0, b"abcd"), status)
    problem(city_client.get(UPLOADS, headers=staff[role]), status)
    problem(city_client.delete(f"{UPLOADS}/x", headers=staff[role]), status)
    assert not folder.exists()


def test_what_is_offered_is_told(city_client: TestClient, steward: Headers) -> None:
    answer = city_client.options(UPLOADS, headers=steward)
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-max-size"] == str(4096 * 2**20)
    assert set(answer.headers["tus-extension"].split(",")) == {
        *("creation", "checksum", "expiration", "termination")
    }


def test_another_version_is_refused(city_client: TestClient, steward: Headers) -> None:
    answer = city_client.get(UPLOADS, headers=steward | {"Tus-Resumable": "0.2.2"})
    problem(answer, 412)
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-resumable"] == "1.0.0"


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({"Upload-Metadata": metadata("a.gpkg")}, 400, "Upload-Length"),
        ({"Upload-Length": "4"}, 400, "Upload-Metadata"),
        ({"Upload-Length": "4", "Upload-Metadata": "filename ???"}, 400, "base64"),
        ({"Upload-Length": "4", "Upload-Metadata": "filetype eA=="}, 400, "name of the file"),
        ({"Upload-Length": "-4", "Upload-Metadata": metadata("a.gpkg")}, 400, "Upload-Length"),
        ({"Upload-Length": "0", "Upload-Metadata": metadata("a.gpkg")}, 400, "empty"),
        ({"Upload-Length": "4", "Upload-Metadata": metadata("a.pdf")}, 400, r"'.pdf' are not read"),
        ({"Upload-Length": "4", "Upload-Metadata": metadata("a.shp")}, 400, "into one zip"),
        ({"Upload-Length": str(2**33), "Upload-Metadata": metadata("a.gpkg")}, 413, "GIS_UPLOAD_MAX_MB"),
        ({"Upload-Length": str(2**60), "Upload-Metadata": metadata("a.gpkg")}, 400, "Upload-Length"),
    ],
)
def test_what_cannot_begin_is_said(
    city_client: TestClient, steward: Headers, folder: Path, headers: Headers, status: int, words: str
) -> None:
    answer = city_client.post(UPLOADS, headers=steward | headers)
    assert words in problem(answer, status)["detail"]
    assert not folder.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.gpkg", "..\\..\\x.gpkg", "/x.gpkg", "a/.x.gpkg", "x.gpkg"]
)
def test_a_name_stays_within_its_folder(
    city_client: TestClient, steward: Headers, folder: Path, name: str
) -> None:
    upload = begin(city_client, steward, 4, name).json()
    assert upload["name"] == "x.gpkg"
    assert [path.name for path in (folder / upload["id"] / "content").iterdir()] == ["x.gpkg"]
    assert {entry.name for entry in folder.iterdir()} == {upload["id"], ".lock"}


@pytest.mark.parametrize("upload", ["x", "%2e%2e", ".lock", "a" * 32, "a" * 64])
def test_an_id_that_is_none_finds_nothing(city_client: TestClient, steward: Headers, upload: str) -> None:
    begin(city_client, steward, 4)
    assert city_client.get(f"{UPLOADS}/{upload}", headers=steward).status_code in (400, 404)


def test_bytes_go_where_it_stands_and_no_further(
    city_client: TestClient, steward: Headers, folder: Path
) -> None:
    upload = begin(city_client, steward, 8).json()["id"]
    place = f"{UPLOADS}/{upload}"
    assert send(city_client, steward, place, 0, b"abcd").status_code == 204
    for offset in (0, 3, 5, 8):
        refused = problem(send(city_client, steward, place, offset, b""), 409, "Upload-Offset")
        assert refused["offset"] == 4
    problem(send(city_client, steward, place, 4, b"efghi"), 413)
    # In pieces, so that nothing tells beforehand how many come.
    problem(send(city_client, steward, place, 4, iter([b"efgh", b"i"])), 413)
    problem(city_client.patch(place, headers=steward | {"Upload-Offset": "4"}, content=b"efgh"), 415)
    problem(city_client.patch(place, headers=steward | PIECE, content=b"efgh"), 400, "Upload-Offset")
    (content,) = (folder / upload / "content").iterdir()
    assert content.read_bytes()[:4] == b"abcd"
    here = int(city_client.head(place, headers=steward).headers["upload-offset"])
    assert here == content.stat().st_size <= 8


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_a_checksum_is_kept_whole_or_not(
    city_client: TestClient, steward: Headers, algorithm: str
) -> None:
    place = begin(city_client, steward, 8).headers["location"]
    digest = base64.b64encode(hashlib.new(algorithm, b"abcd").digest()).decode()
    told = {"Upload_Checksum": f"{algorithm} {digest}"}
    wrong = send(city_client, steward, place, 0, b"abce", **told)
    assert wrong.status_code == 460
    assert wrong.json()["type"].endswith("checksum-mismatch")
    assert city_client.head(place, headers=steward).headers["upload-offset"] == "0"
    assert send(city_client, steward, place, 0, b"abcd", **told).status_code == 204
    problem(send(city_client, steward, place, 4, b"efgh", Upload_Checksum="crc32 AAAA"), 400)
    problem(send(city_client, steward, place, 4, b"efgh", Upload_Checksum="sha1 ???"), 400)
    # More than was announced, checked or not: nothing of it stays.
    problem(send(city_client, steward, place, 4, iter([b"efgh", b"i"]), **told), 413)
    assert city_client.head(place, headers=steward).headers["upload-offset"] == "4"


def test_one_person_has_a_few(
    city_client: TestClient, steward: Headers, staff: Mapping[Role, Headers]
) -> None:
    places = [begin(city_client, steward, 4).headers["location"] for _ in range(MOST_OF_ONE)]
    answer = begin(city_client, steward, 4)
    problem(answer, 429)
    assert int(answer.headers["retry-after"]) > 0
    assert begin(city_client, staff[Role.ADMIN], 4).status_code == 201
    city_client.delete(places[0], headers=steward)
    assert begin(city_client, steward, 4).status_code == 201


def test_a_full_disk_is_said(
    city_client: TestClient, steward: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = begin(city_client, steward, 8).headers["location"]
    # More is held back for the database than any disk has.
    monkeypatch.setattr(space, "RESERVE_BYTES", 2**70)
    assert "Make room" in problem(begin(city_client, steward, 4), 507)["detail"]
    problem(send(city_client, steward, place, 0, b"abcd"), 507)


def test_a_page_of_another_site_changes_nothing(
    city_client: TestClient, base_settings: Settings, folder: Path
) -> None:
    accounts = json.loads((base_settings.data_dir / DEMO_ACCOUNTS_FILE).read_text("utf-8"))
    signed_in = city_client.post("/api/auth/login", json=accounts["steward"])
    cookie = {"Cookie": signed_in.headers["set-cookie"].partition(";")[0]}
    city_client.cookies.clear()
    elsewhere = cookie | {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    problem(begin(city_client, elsewhere, 4), 403)
    assert not folder.exists()
    assert begin(city_client, cookie | {"Sec-Fetch-Site": "same-origin"}, 4).status_code == 201
