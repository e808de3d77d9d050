"""Documents: what they are decides, not what they are called; given back as downloads, and nothing runs."""

import hashlib
import io
import stat
import zipfile
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from gis_platform.casework.documents import FOLDER, file_name, plain_name
from gis_platform.settings import Settings
from tests.support.citizen import Citizen
from tests.support.office import PDF, Office
from tests.support.problems import problem

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def _archive(*names: str, kind: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, kind if name == "mimetype" else b"<x/>")
    return held.getvalue()


DOCX = _archive("[Content_Types].xml", "word/document.xml")
ODT = _archive("mimetype", "content.xml", kind=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg"),
        (b"II*\0" + b"\0" * 20, "image/tiff"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (_archive("[Content_Types].xml", "xl/workbook.xml"),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODT, "application/vnd.oasis.opendocument.text"),
    ],
)  # fmt: skip
def test_a_document_is_told_by_its_content(office: Office, content: bytes, media_type: str) -> None:
    case = office.open()
    told = office.add(case, "land_paper", content, "giay-to.exe").json()
    assert told["media_type"] == media_type
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    answer = office.get(f"/api/cases/{case['code']}/documents/{told['document']}")
    assert answer.content == content
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "quote(" not in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\0" + b"\0" * 60,
        b"\x7fELF" + b"\0" * 60,
        b"#!/bin/sh\necho hi\n",
        b"plain words",
        b"PK\x03\x04 no archive at all",
        _archive("evil.js"),
        _archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        _archive("mimetype", "Basic/x.xml", kind=b"application/vnd.oasis.opendocument.text"),
        b" %PDF-1.7",
    ],
)
def test_what_only_says_that_it_is_a_document_is_refused(office: Office, content: bytes) -> None:
    case = office.open()
    told = problem(office.add(case, "land_paper", content, "ban-ve.pdf"), 415)
    assert "PDF" in told["detail_vi"]
    assert office.read(case)["documents"] == []


def test_it_lies_outside_the_web_and_cannot_be_run(office: Office, settings: Settings) -> None:
    case = office.open()
    office.add(case, "land_paper", PDF)
    (kept,) = [file for file in (settings.data_dir / FOLDER).rglob("*") if file.is_file()]
    assert kept.name == hashlib.sha256(PDF).hexdigest()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    for path in (f"/{FOLDER}/{kept.parent.name}/{kept.name}", f"/static/{kept.name}"):
        assert office.client.get(path).status_code == 404


def test_too_large_a_file_leaves_nothing_behind(office: Office, settings: Settings) -> None:
    case = office.open()
    told = problem(office.add(case, "land_paper", PDF + b"\0" * (20 * 2**20)), 413)
    assert "20 MB" in told["detail_vi"]
    problem(office.add(case, "land_paper", b""), 400, "body")
    assert [file for file in (settings.data_dir / FOLDER).rglob("*") if file.is_file()] == []


def test_what_is_not_there_is_said_so(office: Office) -> None:
    case = office.open()
    problem(office.add(case, "passport", PDF), 400, "kind")
    problem(office.get(f"/api/cases/{case['code']}/documents/999"), 404, "document")
    office.add(case, "land_paper", PDF)
    ended = office.moved(office.read(case), "withdraw", reason="Không còn nhu cầu")
    told = problem(office.add(ended, "land_paper", PDF), 409)
    assert "đã kết thúc" in told["detail_vi"]


def test_a_file_that_the_disk_lost_is_said_to_be_lost(office: Office, settings: Settings) -> None:
    case = office.open()
    office.add(case, "land_paper", PDF)
    for file in list((settings.data_dir / FOLDER).rglob("*")):
        if file.is_file():
            file.unlink()
    number = office.read(case)["documents"][0]["id"]
    told = problem(office.get(f"/api/cases/{case['code']}/documents/{number}"), 404)
    assert hashlib.sha256(PDF).hexdigest() in told["detail"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Đơn đề nghị.pdf", "Đơn đề nghị.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\tmp\\đơn.pdf", "đơn.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        ("....", "tai-lieu"),
        ("x" * 400, "x" * 200),
        ("đơn".encode().decode(), "đơn"),
    ],
)
def test_a_name_is_kept_as_a_name_alone(name: str, kept: str) -> None:
    assert plain_name(name) == kept
    assert Path(kept).name == kept


#: A program for who opens it by its ending, and a document by its first bytes.
POLYGLOT = b"%PDF-1.7\n<script>new ActiveXObject('WScript.Shell')</script>\n%%EOF\n"


def _offered(office: Office, code: str, number: int) -> str:
    told = office.get(f"/api/cases/{code}/documents/{number}").headers["content-disposition"]
    return unquote(told.partition("filename*=UTF-8''")[2])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ban-ve.hta", "ban-ve.pdf"),
        ("ban-ve.html", "ban-ve.pdf"),
        ("ban-ve.bat", "ban-ve.pdf"),
        ("ban-ve.lnk", "ban-ve.pdf"),
        ("ban-ve.EXE", "ban-ve.pdf"),
        ("ban-ve.PDF", "ban-ve.pdf"),
        ("ban-ve.pdf.exe", "ban-ve.pdf"),
        ("ban-ve.hta.pdf", "ban-ve.pdf"),
        ("ban-ve.hta . ", "ban-ve.pdf"),
        ("ban-ve", "ban-ve.pdf"),
        ("Bản vẽ 15.2.2026", "Bản vẽ 15.2.2026.pdf"),
        ("Bản vẽ nhà ông P. Nguyễn Đẹp.pdf", "Bản vẽ nhà ông P. Nguyễn Đẹp.pdf"),
    ],
)
def test_a_citizens_program_is_given_to_no_officer(office: Office, name: str, given: str) -> None:
    citizen = Citizen(office)
    filed = citizen.file()
    assert citizen.add(filed, content=POLYGLOT, name=name).status_code == 201
    (document,) = citizen.case(filed)["documents"]
    assert document["name"] == given
    assert _offered(office, filed["code"], document["id"]) == given
    assert citizen.seen(filed)["documents"][0]["name"] == given


def test_a_name_that_was_kept_before_is_given_with_the_ending_of_what_it_is(office: Office) -> None:
    case = office.open()
    with psycopg.connect(office.places.owner) as owner:
        row = owner.execute(
            "INSERT INTO casework.document (case_id, kind, name, media_type, size_bytes, sha256, added_by) "
            "SELECT id, 'land_paper', 'ban-ve.hta', 'application/pdf', %s, %s, 'an' FROM casework.case_file "
            "RETURNING id",
            [len(PDF), hashlib.sha256(PDF).digest()],
        ).fetchone()
    assert row is not None
    # The bytes come with another document.
    office.add(case, "application", PDF)
    assert _offered(office, case["code"], row[0]) == "ban-ve.pdf"
    assert [one["name"] for one in office.read(case)["documents"]] == ["ban-ve.pdf", "tệp.pdf"]


@pytest.mark.parametrize(
    ("name", "media_type", "given"),
    [
        ("anh.jpeg", "image/jpeg", "anh.jpg"),
        ("anh.png.scr", "image/png", "anh.png"),
        ("....", "image/png", "tai-lieu.png"),
        ("x" * 400, "application/pdf", "x" * 196 + ".pdf"),
        ("a.hta", "application/unknown", "a.bin"),
    ],
)
def test_the_ending_is_that_of_the_form(name: str, media_type: str, given: str) -> None:
    assert file_name(name, media_type) == given
