"""A planner's desk: an application with its jobs over a demo city of its own."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import Sample, write_sample
from tests.support.own_server import own_database
from tests.support.staff import Headers, staff_headers
from tests.support.uploads import begin, send

DRAFTS = "/api/planning/drafts"


@dataclass
class DraftDesk:
    """Who works there, on what."""

    client: TestClient
    staff: Mapping[Role, Headers]
    places: Logins
    settings: Settings
    folder: Path
    made: int = 0

    @property
    def planner(self) -> Headers:
        """Headers of the planner."""
        return self.staff[Role.PLANNER]

    def upload(self, file: Path, role: Role = Role.PLANNER) -> str:
        """A file sent piece by piece; what the upload is called."""
        content = file.read_bytes()
        begun = begin(self.client, self.staff[role], len(content), file.name)
        assert begun.status_code == 201, begun.text
        place = str(begun.headers["location"]).partition("/api/")[2]
        assert send(self.client, self.staff[role], f"/api/{place}", 0, content).status_code == 204
        return place.rpartition("/")[2]

    def hand_in(
        self, file: Path, name: str = "Khu dân cư phía Đông", role: Role = Role.PLANNER, **asked: Any
    ) -> Any:
        """The answer to a file handed in as a draft."""
        body = {"upload": self.upload(file, role), "name": name, **asked}
        return self.client.post(DRAFTS, json=body, headers=self.staff[role])

    def draft(self, sample: Sample, **asked: Any) -> int:
        """A draft from a GeoPackage, compared; its number."""
        self.made += 1
        answer = self.hand_in(write_sample(self.folder / f"p{self.made}.gpkg", sample), **asked)
        assert answer.status_code == 202, answer.text
        number = int(answer.json()["id"])
        assert self.until(number, "done", "refused", "failed")["state"] == "done"
        return number

    def ask(self, path: str, role: Role = Role.PLANNER, **asked: Any) -> Any:
        """The answer to a question of drafts."""
        return self.client.get(f"{DRAFTS}{path}", params=asked, headers=self.staff[role])

    def get(self, path: str, **asked: Any) -> Any:
        """What the planner is told."""
        answer = self.ask(path, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def until(self, draft: int, *states: str) -> Any:
        """The draft, once it is in one of these states."""
        end = time.monotonic() + 120
        while (told := self.get(f"/{draft}"))["state"] not in states:
            assert time.monotonic() < end, told
            time.sleep(0.2)
        return told


@contextmanager
def draft_desk(server: str, demo_template: str, base_settings: Settings, folder: Path) -> Iterator[DraftDesk]:
    """The desk, with the application's jobs running."""
    with (
        own_database(server, demo_template, base_settings, folder) as (settings, places),
        TestClient(create_app(settings, places), raise_server_exceptions=False) as client,
    ):
        yield DraftDesk(client, staff_headers(client, settings.data_dir), places, settings, folder)
