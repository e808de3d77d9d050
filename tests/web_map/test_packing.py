"""Texts go packed to whoever takes it, and unpack to the very bytes."""

import gzip

import brotli
import pytest
from starlette.testclient import TestClient

from web_map.assets.own import PAGE_SCRIPT
from web_map.assets.packing import packed, packing_for


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
