"""A steward's desk: an application over a database of its own, and deliveries that lie on it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import shapely
from starlette.testclient import TestClient

from etl.delivery.deliver import deliver, propose
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import Sample, parcels, request, write_sample
from tests.support.own_server import own_database
from tests.support.staff import Headers
from tests.support.uploads import begin, send

LATER = date(2021, 3, 1)


@contextmanager
def two_sheets(
    server: str, template: str, base_settings: Settings, folder: Path
) -> Iterator[tuple[Settings, Logins]]:
    """A database of its own with sheets 7 and 8 in force since 01/09/2020, and the demo's accounts."""
    with own_database(server, template, base_settings, folder) as (settings, places):
        for sheet in ("7", "8"):
            file = write_sample(folder / f"{sheet}.gpkg", parcels(6, sheet))
            deliver(settings, request(file), places.owner)
        yield settings, places


def changed(sheet: str = "7", count: int = 6) -> Sample:
    """The sheet again: an address, a shape, the last row gone, and, doubtful, a number at another place."""
    base = parcels(count, sheet)
    second, third = base.shapes[1], base.shapes[2]
    assert second is not None
    assert third is not None
    addresses = ["1 đường Trưng Trắc", *base.columns["address"][1:]]
    far = shapely.affinity.translate(third, 0, 60)
    smaller = shapely.affinity.scale(second, 0.9, 0.9)
    whole = base.with_column("address", addresses).with_shape(2, smaller).with_shape(3, far)
    return whole.rows(*range(1, count))


@dataclass
class Desk:
    """Who works there, on what."""

    client: TestClient
    staff: Mapping[Role, Headers]
    places: Logins
    settings: Settings
    folder: Path
    made: int = 0

    @property
    def steward(self) -> Headers:
        """Headers of the steward."""
        return self.staff[Role.STEWARD]

    def propose(self, sample: Sample, day: date = LATER, **more: Any) -> int:
        """A delivery that is ready; its number."""
        self.made += 1
        file = write_sample(self.folder / f"d{self.made}.gpkg", sample)
        result = propose(self.settings, request(file, day=day, **more), self.places.owner)
        assert result.status == "ready", result
        assert result.id is not None
        return result.id

    def upload(self, sample: Sample) -> str:
        """A file that came by upload; what the upload is called."""
        self.made += 1
        return self.upload_file(write_sample(self.folder / f"u{self.made}.gpkg", sample))

    def upload_file(self, file: Path) -> str:
        """The same of a file that is there."""
        content = file.read_bytes()
        begun = begin(self.client, self.steward, len(content), file.name)
        assert begun.status_code == 201, begun.text
        place = str(begun.headers["location"]).partition("/api/")[2]
        assert send(self.client, self.steward, f"/api/{place}", 0, content).status_code == 204
        return place.rpartition("/")[2]

    def get(self, path: str, **asked: Any) -> Any:
        """What the steward is answered."""
        answer = self.client.get(f"/api/deliveries{path}", params=asked, headers=self.steward)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, role: Role = Role.STEWARD) -> Any:
        """The answer to a steward's word."""
        return self.client.post(f"/api/deliveries{path}", json=body, headers=self.staff[role])

    def until(self, delivery: int, *states: str) -> Any:
        """The delivery, once it is in one of these states."""
        end = time.monotonic() + 120
        while (told := self.get(f"/{delivery}"))["status"] not in states:
            assert time.monotonic() < end, told
            time.sleep(0.2)
        return told

    def audited(self, delivery: int) -> list[tuple[str, str]]:
        """Who did what to it, by the audit trail."""
        with psycopg.connect(self.places.owner) as connection:
            rows = connection.execute(
                "SELECT actor, action FROM core.audit_entry WHERE subject LIKE %s ORDER BY seq",
                [f"%/deliveries/{delivery}"],
            )
            return [(str(actor), str(action)) for actor, action in rows.fetchall()]
