"""Messages that leave the platform, put down in the transaction of what they tell of; nothing is sent from
here.
"""

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def put_mail(work: UnitOfWork, recipient: str, subject: str, text: str) -> None:
    """A letter to one address; sent once the transaction is committed."""
    put = {"recipient": recipient, "content": Jsonb({"subject": subject, "text": text})}
    await work.raw.execute(SQL["put"].text.encode(), put)


async def put_webhook(work: UnitOfWork, told: Mapping[str, Any]) -> None:
    """An event for the configured address; it names no person."""
    await work.raw.execute(SQL["put_event"].text.encode(), {"content": Jsonb(dict(told))})
