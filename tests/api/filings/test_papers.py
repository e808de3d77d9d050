"""Papers from a phone: what they are decides, each filing takes so many, and none is lost or kept twice."""

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.casework import filed_documents
from gis_platform.casework.documents import FOLDER
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.citizen import Citizen
from tests.support.office import PDF, Office, all_at_once
from tests.support.problems import problem


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\0" + b"\0" * 60, b"<html><script>alert(1)</script>", b"#!/bin/sh\n", b"GIF89a" + b"\0" * 20],
)
def test_what_is_no_document_is_refused_and_leaves_nothing(
    citizen: Citizen, settings: Settings, content: bytes
) -> None:
    filed = citizen.file()
    problem(citizen.add(filed, content=content, name="ảnh.pdf"), 415)
    problem(citizen.add(filed, content=b""), 400)
    assert citizen.seen(filed)["documents"] == []
    assert [file for file in (settings.data_dir / FOLDER).rglob("*") if file.is_file()] == []


def test_names_do_no_harm(citizen: Citizen, settings: Settings) -> None:
    filed = citizen.file()
    for name in ("../../etc/passwd", "..\\x.exe", "a\u202egpj.exe", "  ", "x" * 300):
        assert citizen.add(filed, content=PDF + name.encode(), name=name).status_code == 201
    names = [paper["name"] for paper in citizen.seen(filed)["documents"]]
    assert names[:2] == ["passwd.pdf", "x.pdf"]
    assert all("/" not in name and "\u202e" not in name and 0 < len(name) <= 200 for name in names)
    folder = settings.data_dir / FOLDER
    assert all(Path(os.path.realpath(file)).is_relative_to(folder) for file in folder.rglob("*"))


def test_kinds_are_those_of_the_applicant(citizen: Citizen) -> None:
    filed = citizen.file()
    problem(citizen.add(filed, "khong_co"), 400, "kind")
    told = problem(citizen.add(filed, "decision"), 400, "kind")
    assert "cơ quan lập" in told["detail_vi"]


def test_an_officer_opens_what_the_citizen_sent_and_each_look_is_audited(
    citizen: Citizen, office: Office
) -> None:
    filed = citizen.file()
    citizen.add(filed, "land_paper", PDF, "sổ.pdf")
    (paper,) = citizen.case(filed)["documents"]
    assert paper["added_by"] == "(online)"
    answer = office.get(f"/api/cases/{filed['code']}/documents/{paper['id']}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_sent_again_after_a_broken_line_it_is_kept_once(citizen: Citizen) -> None:
    filed = citizen.file()
    for _ in range(3):
        assert citizen.add(filed).status_code == 201
    assert citizen.add(filed, "application").status_code == 201
    assert len(citizen.seen(filed)["documents"]) == 2
    assert [entry["action"] for entry in citizen.case(filed)["journal"]].count("document.added") == 2


def test_a_filing_takes_so_many_files(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filed_documents, "MOST_FILES", 3)
    filed = citizen.file()
    for n in range(3):
        assert citizen.add(filed, content=PDF + b"%d" % n).status_code == 201
    told = problem(citizen.add(filed, content=PDF + b"more"), 409)
    assert told["type"].endswith("filing-full")
    assert told["files_left"] == 0
    assert len(citizen.seen(filed)["documents"]) == 3


def test_at_once_no_more_are_taken_than_may_be(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filed_documents, "MOST_FILES", 4)
    filed = citizen.file()
    calls = [lambda n=n: citizen.add(filed, content=PDF + b"%d" % n).status_code for n in range(12)]
    assert sorted(all_at_once(calls)) == [201] * 4 + [409] * 8
    assert len(citizen.seen(filed)["documents"]) == 4


@pytest.fixture
def small(settings: Settings, database: Logins) -> Any:
    """A server whose filings hold one megabyte."""
    bounded = settings.model_copy(update={"run_jobs": False, "filing_max_mb": 1})
    with TestClient(create_app(bounded, database), raise_server_exceptions=False) as opened:
        yield Citizen(Office(opened, database))


def test_a_filing_takes_so_many_bytes(small: Citizen) -> None:
    filed = small.file()
    assert small.add(filed, content=PDF + b"x" * 700_000).status_code == 201
    problem(small.add(filed, content=PDF + b"y" * 700_000), 413)
    assert small.add(filed, content=PDF + b"z" * 100_000).status_code == 201
    told = small.seen(filed)
    assert told["bytes_left"] == 2**20 - sum(paper["size_bytes"] for paper in told["documents"])


def test_at_once_with_an_officer_either_the_paper_or_the_move_is_first(
    citizen: Citizen, office: Office
) -> None:
    for n in range(6):
        filed = citizen.file()
        case = citizen.case(filed)
        added, moved = all_at_once(
            [
                lambda filed=filed, n=n: citizen.add(filed, content=PDF + b"%d" % n).status_code,
                lambda case=case: office.move(case, "take_up").status_code,
            ]
        )
        assert moved == 200
        journal = [entry["action"] for entry in citizen.case(filed)["journal"]]
        if added == 201:
            assert journal == ["case.opened", "document.added", "case.moved"]
        else:
            assert (added, journal) == (409, ["case.opened", "case.moved"])


def test_two_who_file_for_one_lot_at_once_both_get_a_case(citizen: Citizen, office: Office) -> None:
    filed = all_at_once([lambda: citizen.file() for _ in range(8)])
    assert len({one["code"] for one in filed} | {one["key"] for one in filed}) == 16
    assert len(citizen.case(filed[0])["alike"]) == 7
    with psycopg.connect(office.places.owner) as owner:
        assert owner.execute("SELECT count(*) FROM casework.applicant").fetchone() == (8,)
