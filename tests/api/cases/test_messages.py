"""What a case tells outside: to a mail server and a web server that really listen, and again where they
fail.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr, ValidationError
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.casework.registry import installed_workflows
from gis_platform.casework.reminding import remind
from gis_platform.database.server import Logins
from gis_platform.layer.registry import installed_layers
from gis_platform.notices.sending import WAITS_MIN, send_waiting
from gis_platform.settings import Settings
from tests.support.office import MONDAY, Office
from tests.support.receivers import Mailbox, Webhook, mail_server, own_certificate, web_server

SECRET = "bí-mật-chung"  # noqa: S105


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server(password="mat-khau-12") as opened:  # noqa: S106
        yield opened


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with web_server() as opened:
        yield opened


@pytest.fixture
def told(settings: Settings, box: Mailbox, hook: Webhook) -> Settings:
    """Settings with both ways out."""
    ways = {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_security": "none",
        "smtp_user": "nen-tang",
        "smtp_password": SecretStr("mat-khau-12"),
        "mail_from": "mot-cua@mytho.example",
        "webhook_url": hook.url,
        "webhook_secret": SecretStr(SECRET),
        "run_jobs": False,
    }
    return settings.model_copy(update=ways)


@pytest.fixture
def office(database: Logins, told: Settings) -> Iterator[Office]:
    with TestClient(create_app(told, database), raise_server_exceptions=False) as client:
        yield Office(client, database)


def _send(office: Office, settings: Settings) -> dict[str, int]:
    return asyncio.run(send_waiting(office.places.app, settings))


def _outbox(office: Office) -> list[tuple[Any, ...]]:
    with psycopg.connect(office.places.owner) as owner:
        return owner.execute(
            "SELECT channel, recipient, tries, sent_at IS NOT NULL, given_up_at IS NOT NULL, fault FROM "
            "core.outbox "
            "ORDER BY id"
        ).fetchall()


def test_the_applicant_who_agreed_is_written_to(office: Office, told: Settings, box: Mailbox) -> None:
    case = office.moved(office.open(), "take_up")
    assert box.letters == []
    case = office.moved(case, "ask_supplement", reason="Thiếu bản sao giấy chứng nhận")
    assert _send(office, told)["failed"] == 0
    (letter,) = box.letters
    assert box.recipients == ["dep@example.vn"]
    assert box.user == "nen-tang"
    assert letter["From"] == "mot-cua@mytho.example"
    assert letter["Subject"] == f"Hồ sơ của ông/bà cần bổ sung – {case['code']}"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    link = f"{told.address}/ho-so/{case['code'].replace('-', '')}"
    for said in (case["code"], "Thiếu bản sao giấy chứng nhận", "Chờ người nộp bổ sung", link):
        assert said in text
    assert "Đẹp" not in text
    # The address is kept no longer than the letter needs it.
    assert [row[1] for row in _outbox(office) if row[0] == "mail"] == [None]
    assert _send(office, told) == {"sent": 0, "failed": 0, "given_up": 0}


def test_who_did_not_agree_is_not_written_to(office: Office, told: Settings, box: Mailbox) -> None:
    case = office.open(applicant={"name": "Trần Văn Năm", "email": "nam@example.vn"})
    office.moved(case, "ask_supplement", reason="Thiếu giấy tờ")
    _send(office, told)
    assert box.letters == []
    assert "nam@example.vn" not in str(_outbox(office))


def test_a_webhook_is_signed_and_names_no_person(office: Office, told: Settings, hook: Webhook) -> None:
    case = office.moved(office.open(), "take_up", note="Đã gọi bà Đẹp")
    assert _send(office, told)["sent"] == 2
    events = [json.loads(body) for _, body in hook.came]
    assert [(event["event"], event["state"]) for event in events] == [
        ("case.opened", "received"),
        ("case.moved", "checking"),
    ]
    assert events[1]["case"] == case["code"]
    for headers, body in hook.came:
        number = headers["X-GIS-Message"]
        signed = hmac.new(SECRET.encode(), f"{number}.".encode() + body, hashlib.sha256).hexdigest()
        assert headers["X-GIS-Signature"] == f"sha256={signed}"
        assert "Đẹp" not in body.decode()
        assert "Hùng Vương" not in body.decode()


@pytest.mark.parametrize("status", [500, 404, 307])
def test_what_fails_is_tried_again_and_given_up_in_the_end(
    office: Office, told: Settings, hook: Webhook, status: int
) -> None:
    hook.status = status
    office.open()
    assert _send(office, told) == {"sent": 0, "failed": 1, "given_up": 0}
    assert _send(office, told) == {"sent": 0, "failed": 0, "given_up": 0}  # its time has not come
    ((_, _, tries, sent, given_up, fault),) = _outbox(office)
    assert (tries, sent, given_up) == (1, False, False)
    assert str(status) in fault
    for _ in WAITS_MIN:
        with psycopg.connect(office.places.owner) as owner:
            owner.execute("UPDATE core.outbox SET next_try_at = now()")
        outcome = _send(office, told)
    assert outcome == {"sent": 0, "failed": 0, "given_up": 1}
    assert len(hook.came) == len(WAITS_MIN) + 1


def test_a_mail_server_that_refuses_keeps_the_letter(office: Office, told: Settings, box: Mailbox) -> None:
    box.refuses = "451 try later"
    office.moved(office.open(), "ask_supplement", reason="Thiếu giấy tờ")
    assert _send(office, told)["failed"] == 1
    assert [row[1] for row in _outbox(office) if row[0] == "mail"] == ["dep@example.vn"]
    box.refuses = None
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE core.outbox SET next_try_at = now()")
    assert _send(office, told)["sent"] == 1
    assert len(box.letters) == 1


def test_a_letter_goes_to_a_server_that_proves_who_it_is_and_to_no_other(
    office: Office, told: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = own_certificate(tmp_path)
    with mail_server("mat-khau-12", context) as closed:
        ways = {"smtp_port": closed.port, "smtp_security": "starttls", "webhook_url": None}
        settings = told.model_copy(update=ways)
        office.moved(office.open(), "ask_supplement", reason="Thiếu giấy tờ")
        assert _send(office, settings) == {"sent": 0, "failed": 1, "given_up": 0}
        assert "CERTIFICATE_VERIFY_FAILED" in str(_outbox(office))
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with psycopg.connect(office.places.owner) as owner:
            owner.execute("UPDATE core.outbox SET next_try_at = now()")
        assert _send(office, settings)["sent"] == 1
        assert len(closed.letters) == 1


def test_a_move_that_is_refused_tells_nobody(office: Office) -> None:
    case = office.open()
    before = len(_outbox(office))
    office.move(case, "propose")
    office.move({**case, "version": 9}, "take_up")
    assert len(_outbox(office)) == before


def test_two_senders_send_each_message_once(office: Office, told: Settings, hook: Webhook) -> None:
    for parcel in office.parcels * 3:
        office.open(feature=parcel)

    async def both() -> list[dict[str, int]]:
        return await asyncio.gather(*(send_waiting(office.places.app, told) for _ in range(2)))

    assert sum(counts["sent"] for counts in asyncio.run(both())) == 9
    assert len({headers["X-GIS-Message"] for headers, _ in hook.came}) == len(hook.came) == 9


@pytest.mark.parametrize(
    "given",
    [
        {"smtp_host": "mail.example"},
        {"mail_from": "a@b.vn"},
        {"smtp_host": "m", "mail_from": "a@b.vn", "smtp_user": "u"},
        {"webhook_url": "https://x.example"},
        {"webhook_url": "ftp://x.example", "webhook_secret": "s"},
    ],
)
def test_half_a_way_out_is_refused_at_the_start(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)


def test_officers_of_the_unit_alone_are_told_in_the_console(office: Office) -> None:
    case = office.proposed()
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.parcels SET parcel_no = '41a', valid_from = '2026-11-01' WHERE id = %s",
                      [office.parcels[0]])  # fmt: skip

    async def look(day: int) -> int:
        async with await psycopg.AsyncConnection[Any].connect(office.places.app) as connection:
            today = MONDAY.date().replace(month=12, day=day)
            return await remind(connection, installed_workflows(), installed_layers(), today)

    assert asyncio.run(look(1)) == 2
    texts = [notice["text"] for notice in office.get("/api/notices").json()["notices"]]
    assert any("1 hồ sơ đến hạn hôm nay" in text for text in texts)
    assert any(case["code"] in text and "đã thay đổi" in text for text in texts)
    for who in ("binh", "khong"):
        assert office.get("/api/notices", who).json()["notices"] == []
    asyncio.run(look(2))
    texts = [notice["text"] for notice in office.get("/api/notices").json()["notices"]]
    assert any("1 hồ sơ quá hạn" in text for text in texts)
    office.moved(office.read(case), "withdraw", reason="Không còn nhu cầu")
    assert asyncio.run(look(2)) == 0
    assert office.get("/api/notices").json()["notices"] == []
