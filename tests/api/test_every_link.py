"""Whoever follows links from the landing page finds something at each end, of the type that was said.

The crawl goes as the public, over documents and pages alike, and asks each address once.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from gis_platform.settings import Settings

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# One page of features leads to the next and each to its own: a few of them are as good as all.
MOST_OF_A_KIND = 2
MOST = 900


@dataclass
class Crawl:
    """What was asked and what was wrong with it."""

    client: TestClient
    base: str
    accept: str
    asked: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)

    def follow(self, start: str) -> None:
        """Ask for an address and everything it leads to."""
        waiting = [(start, "", "")]
        while waiting and len(self.asked) < MOST:
            address, said, source = waiting.pop(0)
            path = self._path(address)
            if path is None or path in self.asked or self._enough(path):
                continue
            answer = self.client.get(path, headers={"Accept": self.accept})
            kind = answer.headers.get("content-type", "").partition(";")[0]
            self.asked[path] = kind
            if answer.status_code != 200:
                self.faults.append(f"{answer.status_code} {path} (from {source}): {answer.text[:200]}")
            elif said and kind != said and not (kind == "text/html" and self.accept == BROWSER):
                self.faults.append(f"{path} is {kind}, {source} said {said}")
            elif kind == "text/html":
                waiting += [(urljoin(path, href), "", path) for href in _hrefs(answer.text)]
            elif kind.endswith("json") and not path.startswith("/api/"):
                waiting += [(href, type_, path) for href, type_ in _links(answer.json())]

    def _path(self, address: str) -> str | None:
        """The part behind this host; None for an address of another."""
        parts = urlsplit(address)
        here = urlsplit(self.base)
        if parts.netloc not in ("", here.netloc) or parts.scheme not in ("", "http"):
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _enough(self, path: str) -> bool:
        # A number is one feature, one page or one zoom of many; both languages are led to the same way.
        place, _, asked = re.sub(r"\d+", "0", path).partition("?")
        kind = place + "?".join(sorted(part for part in asked.split("&") if not part.startswith("lang=")))
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return self.kinds[kind] > MOST_OF_A_KIND


def _links(document: Any) -> Iterator[tuple[str, str]]:
    """Every link object in a document that is no template, with the media type it promises."""
    if isinstance(document, dict):
        if isinstance(document.get("href"), str) and not document.get("templated"):
            yield document["href"], str(document.get("type") or "").partition(";")[0]
        for value in document.values():
            yield from _links(value)
    elif isinstance(document, list):
        for value in document:
            yield from _links(value)


class _Hrefs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value and value[0] != "#"]


def _hrefs(page: str) -> list[str]:
    parser = _Hrefs()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def as_program(city_client: TestClient, base_settings: Settings) -> Crawl:
    """What a program finds that asks for JSON only where it matters."""
    crawl = Crawl(city_client, base_settings.address, "*/*")
    crawl.follow("/ogc")
    return crawl


@pytest.fixture(scope="module")
def as_person(city_client: TestClient, base_settings: Settings) -> Crawl:
    """What a person finds who clicks through the pages."""
    crawl = Crawl(city_client, base_settings.address, BROWSER)
    crawl.follow("/ogc")
    city_client.cookies.clear()
    return crawl


def test_no_link_of_a_document_is_dead_or_lies(as_program: Crawl) -> None:
    assert as_program.faults == []
    assert len(as_program.asked) < MOST, "not all of it was looked at"


def test_no_link_of_a_page_is_dead(as_person: Crawl) -> None:
    assert as_person.faults == []
    assert len(as_person.asked) < MOST, "not all of it was looked at"


def test_both_came_round(as_program: Crawl, as_person: Crawl) -> None:
    """Neither crawl is green because it saw nothing."""
    for path in ("/ogc/conformance", "/ogc/collections/parcels", "/ogc/catalogue/items/zoning"):
        assert path in as_program.asked
        assert as_person.asked[path] == "text/html"
    assert any("after=" in path for path in as_program.asked)
    assert "application/ld+json" in as_program.asked.values()
    assert json.dumps(sorted(set(as_person.asked.values()))).count("text/css") == 1
