"""Texts go packed to whoever takes it, and unpack to the very bytes."""

import gzip
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import brotli
import pytest
from starlette.testclient import TestClient

from gis_platform.layer import installed_layers
from web_map.assets import packing as packing_module
from web_map.assets.files import MapFiles
from web_map.assets.own import PAGE_SCRIPT
from web_map.assets.packing import packed, packed_once, packing_for
from web_map.assets.vendor import NODE_MODULES


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("br;q=0.0, gzip;q=0", None),
        ("brotli, gzipped", None),
    ],
)
def test_the_best_that_is_taken(accepted: str, packing: str | None) -> None:
    assert packing_for(accepted) == packing


def test_what_is_packed_unpacks_to_the_same() -> None:
    text = "Thửa đất số 45, tờ bản đồ số 12. ".encode() * 200
    body, headers = packed(text, "br")
    assert (brotli.decompress(body), headers) == (text, {"Content-Encoding": "br"})
    body, headers = packed(text, "gzip")
    assert (gzip.decompress(body), headers) == (text, {"Content-Encoding": "gzip"})
    assert packed(text, "identity") == (text, {})
    assert len(body) < len(text) / 10


@pytest.mark.parametrize("path", ["/", "/map/style.json", "/map/legend.json"])
def test_the_page_and_what_it_asks_first_go_packed(map_client: TestClient, path: str) -> None:
    plain = map_client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for packing in ("br", "gzip"):
        answer = map_client.get(path, headers={"Accept-Encoding": packing})
        assert answer.headers["content-encoding"] == packing
        assert {"cookie", "accept-encoding"} <= set(answer.headers["vary"].lower().split(", "))
        assert int(answer.headers["content-length"]) < len(plain.content) / 2


def test_a_picture_that_is_packed_already_is_left_as_it_is(map_client: TestClient) -> None:
    from web_map.assets.vendor import vendor_files

    font = vendor_files().address("be-vietnam-pro-latin-400-normal.woff2")
    assert "content-encoding" not in map_client.get(font, headers={"Accept-Encoding": "br"}).headers
    assert PAGE_SCRIPT in map_client.get("/").text


def test_a_file_is_packed_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    body, turns, together = secrets.token_bytes(200), [], Barrier(4)

    def slow(text: bytes) -> bytes:
        turns.append(text)
        return gzip.compress(text)

    def ask() -> bytes:
        together.wait()
        return packed_once("gzip", body)

    monkeypatch.setitem(packing_module.PACKINGS, "gzip", slow)
    with ThreadPoolExecutor(4) as people:
        answers = [one.result() for one in [people.submit(ask) for _ in range(4)]]
    assert [gzip.decompress(answer) for answer in answers] == [body] * 4
    assert turns == [body]


def test_what_the_first_view_needs_is_packed_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    files = MapFiles(installed_layers().values(), NODE_MODULES)
    files.pack_ahead().join()

    def late(_: bytes) -> bytes:
        raise AssertionError("a visitor waited for a file to be packed")

    monkeypatch.setitem(packing_module.PACKINGS, "br", late)
    files.own.pack(PAGE_SCRIPT, "br")
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"):
        files.vendor.pack(name, "br")


def test_without_the_packages_nothing_is_packed_and_nothing_fails(tmp_path: Path) -> None:
    MapFiles(installed_layers().values(), tmp_path).pack_ahead().join()
