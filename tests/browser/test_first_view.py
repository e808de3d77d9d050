"""What a phone must fetch before it is of use, in bytes and requests. Times are told and judge nothing."""

import sys
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import NewVisit, Parcel
from tests.browser.test_newcomer import SMALL_PHONE

pytestmark = pytest.mark.browser

SEARCH_BYTES, SEARCH_REQUESTS = 150_000, 14
"""Until the search can be used: page, style, script, fonts."""
WHOLE_BYTES, WHOLE_REQUESTS = 600_000, 60
"""Until the map rests, too."""
#: A throttled 3G line, as pages are commonly measured: 1.6 Mbit/s down, 0.75 up, 300 ms there and back.
LINE = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 93_750}


@dataclass
class Scale:
    """Weighs what a page fetches, packed as it came."""

    page: Page
    fetched: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("requestfinished", lambda request: self.fetched.append(request))

    def weigh(self) -> dict[str, int]:
        """Bytes by address; what the browser had already costs nothing."""
        weighed: dict[str, int] = {}
        for n, request in enumerate(list(self.fetched)):
            if request.url.startswith("http"):
                again = _is_worker(request) and any(_is_worker_address(known) for known in weighed)
                weighed[f"{n} {request.url}"] = 0 if again else _bytes(request)
        return weighed


def _is_worker_address(address: str) -> bool:
    return address.partition("?")[0].endswith("-worker.mjs")


def _is_worker(request: Request) -> bool:
    return _is_worker_address(request.url)


def _bytes(request: Request) -> int:
    sizes = request.sizes()
    answer = request.response()
    body = sizes["responseBodySize"]
    if _is_worker(request) and answer is not None:
        # The browser counts the body of a worker for the worker itself, which tells nobody. It is asked for
        # twice, by the page ahead of time and by the worker, and comes once: then out of the browser's cache.
        body = max(body, int(answer.headers.get("content-length", 0)))
    return body + sizes["responseHeadersSize"]


def _told(name: str, weighed: dict[str, int], seconds: float) -> str:
    many = sum(size > 0 for size in weighed.values())
    return f"{name}: {sum(weighed.values()) / 1000:.0f} kB in {many} requests after {seconds:.1f} s"


def _first_view(visit_page: Page, url: str, *, answer: bool) -> list[tuple[dict[str, int], str]]:
    visit_page.context.new_cdp_session(visit_page).send("Network.emulateNetworkConditions", LINE)
    scale, begun = Scale(visit_page), time.monotonic()
    visit_page.goto(url, wait_until="commit")
    expect(visit_page.locator("body")).to_have_attribute("data-usable", "true")
    stages = [("search", scale.weigh(), time.monotonic() - begun)]
    if answer:
        expect(visit_page.locator("#answer")).to_have_attribute("data-state", "answer")
        stages.append(("answer", scale.weigh(), time.monotonic() - begun))
    expect(visit_page.locator("#map")).to_have_attribute("data-idle", "true", timeout=90_000)
    stages.append(("map", scale.weigh(), time.monotonic() - begun))
    return [(weighed, _told(name, weighed, seconds)) for name, weighed, seconds in stages]


def test_the_first_view_of_the_map(new_visit: NewVisit, capsys: pytest.CaptureFixture[str]) -> None:
    visit = new_visit(**SMALL_PHONE)
    (search, told_search), (whole, told_whole) = _first_view(visit.page, visit.url + "/", answer=False)
    with capsys.disabled():
        sys.stdout.write(f"\nfirst view, 3G: {told_search}; {told_whole}\n")
    _within(search, SEARCH_BYTES, SEARCH_REQUESTS)
    _within(whole, WHOLE_BYTES, WHOLE_REQUESTS)
    assert any("maplibre-gl-worker" in address and size > 50_000 for address, size in whole.items())
    assert not any("maplibre-gl.mjs" in address for address in search)


def test_nothing_of_the_map_waits_for_its_turn_on_the_line(new_visit: NewVisit) -> None:
    visit = new_visit(**SMALL_PHONE)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open()
    visit.drawn()
    first_tile = next(n for n, url in enumerate(asked) if "/tiles/" in url)
    ahead = asked[:first_tile]
    assert [url for url in asked if "/icon-" in url] == [url for url in ahead if "/icon-" in url] != []
    workers = {url for url in asked if _is_worker_address(url)}
    assert len(workers) == 1, "the worker that was asked for ahead is not the one that is used"
    # Both are files of a year: the second asking costs nothing.
    assert "max-age=31536000" in visit.page.request.get(workers.pop()).headers["cache-control"]
    assert not any("/swatch-" in url for url in asked), "pictures of a legend that nobody opened"


def test_the_first_view_of_a_link_to_a_parcel(
    new_visit: NewVisit, parcel: Parcel, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = new_visit(**SMALL_PHONE)
    url = f"{visit.url}/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}"
    stages = _first_view(visit.page, url, answer=True)
    with capsys.disabled():
        sys.stdout.write(f"\nfirst answer, 3G: {'; '.join(told for _, told in stages)}\n")
    answer, whole = stages[1][0], stages[2][0]
    _within(answer, SEARCH_BYTES + 50_000, SEARCH_REQUESTS + 4)
    _within(whole, WHOLE_BYTES + 20_000, WHOLE_REQUESTS)
    assert not any("maplibre-gl.mjs" in address for address in answer)


def _within(weighed: dict[str, int], most_bytes: int, most_requests: int) -> None:
    heaviest = sorted(weighed.items(), key=lambda one: -one[1])[:8]
    assert sum(weighed.values()) <= most_bytes, heaviest
    assert sum(size > 0 for size in weighed.values()) <= most_requests, list(weighed)
