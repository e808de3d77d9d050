"""A ward's office over a real database: parcels, officers of two wards, and cases by way of HTTP."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.clock.now import FixedClock
from gis_platform.database.server import Logins
from tests.support.accounts import PASSWORD, make_account

WARD, OTHER_WARD = "28261", "28249"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
#: Monday morning at the desk; 24 November 2026, a day off that no decision confirms, lies in the next week.
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

#: What the last step asks for.
GIVEN = {"document": "15/QĐ-UBND"}

# Journal, notes and documents refuse it, as they must; their owner may, having disabled the triggers first.
SWEEP = b"""
    SET LOCAL lock_timeout = '10s';
    ALTER TABLE casework.journal DISABLE TRIGGER append_only;
    ALTER TABLE casework.note DISABLE TRIGGER append_only;
    ALTER TABLE casework.document DISABLE TRIGGER append_only;
    ALTER TABLE casework.consultation DISABLE TRIGGER append_only;
    ALTER TABLE casework.consultation_answer DISABLE TRIGGER append_only;
    ALTER TABLE casework.consultation_words DISABLE TRIGGER append_only;
    ALTER TABLE permits.submission DISABLE TRIGGER append_only;
    ALTER TABLE permits.paper DISABLE TRIGGER as_printed;
    TRUNCATE permits.submission, casework.journal, casework.note, casework.document, casework.pause,
        casework.consultation, casework.consultation_answer, casework.consultation_words,
        casework.clock, casework.applicant, casework.filing, casework.case_file, casework.calendar_counted,
        core.outbox RESTART IDENTITY;
    ALTER TABLE casework.journal ENABLE ALWAYS TRIGGER append_only;
    ALTER TABLE casework.note ENABLE TRIGGER append_only;
    ALTER TABLE casework.document ENABLE TRIGGER append_only;
    ALTER TABLE casework.consultation ENABLE TRIGGER append_only;
    ALTER TABLE casework.consultation_answer ENABLE TRIGGER append_only;
    ALTER TABLE casework.consultation_words ENABLE TRIGGER append_only;
    ALTER TABLE permits.submission ENABLE TRIGGER append_only;
    DELETE FROM layer.building_permits;
    DELETE FROM permits.paper;
    ALTER TABLE permits.paper ENABLE TRIGGER as_printed;
    DELETE FROM core.notice;
    DELETE FROM numbering.axis;
    DELETE FROM layer.house_numbers;
    DELETE FROM layer.streets;
    DELETE FROM layer.parcels;
"""

_GROUND = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    SELECT '28261', '12', CAST(40 + i AS text), '2025-01-01', '2025-01-01',
           ST_Multi(ST_MakeEnvelope(567200 + 20 * i, 1145150, 567210 + 20 * i, 1145170, core.working_srid()))
    FROM generate_series(1, 3) i RETURNING id
"""
#: Three lots on the north side of it; by the rule for new streets its numbers begin in the east.
_STREET = """
    WITH laid AS (
        INSERT INTO layer.streets (name, kind, width_m, source_date, geom)
        SELECT 'Hùng Vương', 'duong_pho', 10, '2025-01-01',
               ST_Multi(ST_GeomFromText('LINESTRING(567100 1145144, 567400 1145144)', core.working_srid()))
        WHERE NOT EXISTS (SELECT FROM layer.streets) RETURNING id, geom)
    INSERT INTO numbering.axis (line_id, street_id, basis, stated_by, geom)
    SELECT id, id, 'assumed', 'office', ST_Reverse(ST_GeometryN(geom, 1)) FROM laid
"""
_UNIT = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, existed_from, predecessors, geom,
                                   source_date, valid_from)
    SELECT '28261', 'Mỹ Tho', 'Phường Mỹ Tho', 'phuong', 3, '2025-07-01', '{}',
           ST_Multi(ST_MakeEnvelope(567000, 1145000, 567500, 1145300, core.working_srid())), '2025-07-01',
           '2025-07-01'
    WHERE NOT EXISTS (SELECT FROM layer.admin_units)
"""
_PEOPLE = {
    "an": (Role.PERMIT, WARD),
    "chi": (Role.PERMIT, WARD),
    "binh": (Role.PERMIT, OTHER_WARD),
    "khong": (Role.PERMIT, None),
    "thanh": (Role.PERMIT, "*"),
    "kien": (Role.AUDITOR, None),
    "dung": (Role.PLANNER, WARD),
    "oanh": (Role.OPERATOR, WARD),
    "quan": (Role.ADMIN, None),
}

Headers = Mapping[str, str]


@dataclass
class Office:
    """The desk. ``at`` is the moment it is there."""

    client: TestClient
    places: Logins
    parcels: list[int] = field(default_factory=list)
    _headers: dict[str, Headers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with psycopg.connect(self.places.owner) as owner:
            for statement in (_STREET, _UNIT):
                owner.execute(statement)
            self.parcels = [row[0] for row in owner.execute(_GROUND).fetchall()]
        self.at(MONDAY)

    def at(self, moment: datetime) -> None:
        """Let it be that moment."""
        self.client.app.state.clock = FixedClock(moment)  # type: ignore[attr-defined]

    def on(self, day: date) -> None:
        """Let it be nine o'clock of that day."""
        self.at(datetime(day.year, day.month, day.day, 9, tzinfo=MONDAY.tzinfo))

    def who(self, name: str) -> Headers:
        """Headers of somebody of the office, made at first use; nobody's for an empty name."""
        if not name:
            return {}
        if name not in self._headers:
            role, unit = _PEOPLE[name]
            make_account(self.places, name, role, unit_code=unit)
            told = self.client.post("/api/auth/token", data={"username": name, "password": PASSWORD})
            self._headers[name] = {"Authorization": f"Bearer {told.json()['access_token']}"}
        return self._headers[name]

    def get(self, path: str, who: str = "an", **asked: Any) -> Any:
        """An answer as it came."""
        return self.client.get(path, params=asked, headers=dict(self.who(who)))

    def post(self, path: str, body: Any, who: str = "an", **asked: Any) -> Any:
        """An answer as it came."""
        return self.client.post(path, json=body, params=asked, headers=dict(self.who(who)))

    @contextmanager
    def no_ward_known(self) -> Iterator[None]:
        """Let the city's wards not be drawn until the block ends: then nobody says whose a lot is."""
        with psycopg.connect(self.places.owner) as owner:
            owner.execute(
                "UPDATE layer.admin_units SET code = 'x' || code, geom = ST_Translate(geom, 100000, 0)"
            )
        try:
            yield
        finally:
            with psycopg.connect(self.places.owner) as owner:
                owner.execute(
                    "UPDATE layer.admin_units SET code = substr(code, 2), "
                    "geom = ST_Translate(geom, -100000, 0)"
                )

    def filing(self, **change: Any) -> dict[str, Any]:
        """What the counter says of an applicant."""
        return {
            "workflow": "house_number",
            "unit_code": WARD,
            "place": "Thửa 41, tờ 12, đường Hùng Vương",
            "feature": self.parcels[0],
            "details": {"purpose": "Cấp mới"},
            "applicant": {
                "name": "Nguyễn Thị Đẹp",
                "phone": "0901234567",
                "email": "dep@example.vn",
                "consent": True,
            },
        } | change

    def open(self, who: str = "an", **change: Any) -> Any:
        """A case that was taken in."""
        answer = self.post("/api/cases", self.filing(**change), who)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def move(self, case: Any, move: str, who: str = "an", **more: Any) -> Any:
        """The answer to a move of the version at hand."""
        body = {"move": move, "version": case["version"], **more}
        return self.post(f"/api/cases/{case['code']}/moves", body, who)

    def moved(self, case: Any, move: str, who: str = "an", **more: Any) -> Any:
        """The case after a move that was made."""
        answer = self.move(case, move, who, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def add(self, case: Any, kind: str, content: bytes, name: str = "tệp.pdf", who: str = "an") -> Any:
        """The answer to a document that is handed in."""
        return self.client.post(
            f"/api/cases/{case['code']}/documents",
            params={"kind": kind, "name": name},
            content=content,
            headers=dict(self.who(who)) | {"Content-Type": "application/octet-stream"},
        )

    def read(self, case: Any, who: str = "an") -> Any:
        """The case as it is now."""
        return self.get(f"/api/cases/{case['code']}", who).json()

    def proposed(self, **change: Any) -> Any:
        """A case that waits for the decision."""
        case = self.moved(self.open(**change), "take_up")
        assert self.add(case, "application", PDF).status_code == 201
        return self.moved(self.read(case), "propose")


def all_at_once(calls: list[Any]) -> list[Any]:
    """What each call gives, all of them begun at the same moment in threads of their own."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        gate.wait()
        found[place] = calls[place]()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
