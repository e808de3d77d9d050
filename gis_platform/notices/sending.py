"""Sending what the outbox holds: letters by the mail server, events to the webhook; what fails is tried
again.

A message is held by one sender at a time and is struck off in the transaction that held it. Stopped between
the two, it goes out once more: who receives a webhook sees the same ``X-GIS-Message`` twice.
"""

import asyncio
import hashlib
import hmac
import json
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

import httpx2 as httpx
import psycopg
from psycopg.rows import dict_row

from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

#: Minutes until the next try; after the last one a message is given up.
WAITS_MIN = (1, 5, 15, 60, 240, 1440)
_TIMEOUT_S = 20.0
_MOST_AT_ONCE = 200

log = get_logger("outbox")


async def send_waiting(conninfo: str, settings: Settings) -> dict[str, int]:
    """Send what is due, one message a transaction; tells how many went, failed and were given up."""
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    async with await psycopg.AsyncConnection[Any].connect(conninfo) as connection:
        for _ in range(_MOST_AT_ONCE):
            async with connection.transaction():
                outcome = await _send_next(connection, settings)
            if outcome is None:
                break
            counts[outcome] += 1
    if any(counts.values()):
        log.info("sent messages", **counts)
    return counts


async def _send_next(connection: psycopg.AsyncConnection[Any], settings: Settings) -> str | None:
    ways = [
        *(["mail"] if settings.smtp_host else []),
        *(["webhook"] if settings.webhook_url else []),
    ]
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["next"].text.encode(), {"ways": ways})
        message = await cursor.fetchone()
    if message is None:
        return None
    try:
        if message["channel"] == "mail":
            await asyncio.to_thread(_mail, settings, message)
        else:
            await _webhook(settings, message)
    except (OSError, smtplib.SMTPException, httpx.HTTPError, ValueError) as fault:
        return await _failed(connection, message, fault)
    await connection.execute(SQL["sent"].text.encode(), {"id": message["id"]})
    return "sent"


async def _failed(
    connection: psycopg.AsyncConnection[Any], message: Mapping[str, Any], fault: Exception
) -> str:
    tries = message["tries"] + 1
    told = f"{type(fault).__name__}: {fault}"[:500]
    if tries > len(WAITS_MIN):
        await connection.execute(SQL["given_up"].text.encode(), {"id": message["id"], "fault": told})
        log.warning("message given up", channel=message["channel"], id=message["id"])
        return "given_up"
    again = {"id": message["id"], "fault": told, "minutes": WAITS_MIN[tries - 1]}
    await connection.execute(SQL["again"].text.encode(), again)
    return "failed"


def _mail(settings: Settings, message: Mapping[str, Any]) -> None:
    letter = EmailMessage()
    letter["From"] = settings.mail_from
    letter["To"] = message["recipient"]
    letter["Subject"] = message["content"]["subject"]
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(idstring=str(message["id"]))
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message["content"]["text"])
    host, port = settings.smtp_host or "", settings.smtp_port
    with (
        smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context())
        if settings.smtp_security == "tls"
        else smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
    ) as server:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user and settings.smtp_password:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(letter)


async def _webhook(settings: Settings, message: Mapping[str, Any]) -> None:
    body = json.dumps(message["content"], ensure_ascii=False, sort_keys=True).encode()
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    headers = {
        "Content-Type": "application/json",
        "X-GIS-Message": str(message["id"]),
        "X-GIS-Signature": f"sha256={signature(secret, message['id'], body)}",
    }
    # Where it leads on to is not what was configured.
    async with httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False) as client:
        answer = await client.post(settings.webhook_url or "", content=body, headers=headers)
    if not answer.is_success:
        raise ValueError(f"the webhook answered {answer.status_code}")


def signature(secret: str, number: int, body: bytes) -> str:
    """HMAC-SHA-256 of ``number``, a dot and the body, in hexadecimal: nobody sends an old body as a new
    message.
    """
    return hmac.new(secret.encode(), f"{number}.".encode() + body, hashlib.sha256).hexdigest()
