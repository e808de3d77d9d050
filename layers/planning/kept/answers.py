"""Answers as they were given: kept as text, named by the beginning of its hash."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

_ID = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is kept.

    Attributes:
        id: the first 20 hexadecimal digits of ``sha256``.
        sha256: of the document as it was made, canonical JSON (``canonical``).
        text: the document as it is shown: that very text, but for what is withheld.
        withheld: JSON pointers to what is shown to nobody: texts that were kept as they were typed.
        new: whether it was not kept before.
        statement: the signature on it; None while nobody has signed.
    """

    id: str
    sha256: str
    made_at: datetime
    language: Language
    text: str
    statement: dict[str, Any] | None = None
    new: bool = False
    withheld: tuple[str, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """What was answered."""
        document: dict[str, Any] = json.loads(self.text)
        return document


def canonical(document: dict[str, Any]) -> str:
    """A document as the text that is hashed: JSON, members in the order of their names, no blanks, UTF-8."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no way to keep a {type(value).__name__}")


async def keep(work: UnitOfWork, document: dict[str, Any], language: Language) -> Kept:
    """Keep an answer; the same one, asked for again, is the one that is kept already.

    ``document`` has ``parcels`` with ``id``, and ``synthetic``; nothing in it may depend on the moment within
    a day, or the same answer would be kept again and again.
    """
    text = canonical(document)
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = await work.row(
        SQL["keep"],
        id=digest[:20],
        sha256=digest,
        language=language,
        document=text,
        parcels=[parcel["id"] for parcel in document["parcels"]],
        synthetic=document["synthetic"],
    )
    if row is not None:
        return Kept(digest[:20], digest, row["made_at"], language, text, new=True)
    kept = await kept_already(work, document, language)
    if kept is None:
        raise RuntimeError("an answer that was just kept is not there")
    return kept


async def kept_already(work: UnitOfWork, document: dict[str, Any], language: Language) -> Kept | None:
    """The answer where it was kept before, signed or not; None where it was not: nothing is kept now."""
    text = canonical(document)
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = await work.row(SQL["known"], id=digest[:20])
    if row is None:
        return None
    return Kept(digest[:20], digest, row["made_at"], language, text, _statement(dict(row)))


async def open_kept(work: UnitOfWork, answer_id: str, language: Language) -> Kept:
    """A kept answer; ``language`` is that of the refusal.

    Raises:
        NotFound: there is none of this id.
    """
    row = await work.row(SQL["open"], id=answer_id) if _ID.fullmatch(answer_id) else None
    if row is None:
        told = Text(
            f"Không có kết quả tra cứu nào mang mã {answer_id[:40]!r}. Hãy kiểm tra lại mã in trên kết quả.",
            f"There is no answer {answer_id[:40]!r}. Check the code that is printed on it.",
        )
        raise refusal(NotFound, told, language, parameter="answer_id")
    text, withheld = row["document"], tuple(row["withheld"])
    return Kept(
        row["id"],
        row["sha256"],
        row["made_at"],
        row["language"],
        canonical(json.loads(text)) if withheld else text,
        _statement(dict(row)),
        withheld=withheld,
    )


def withheld_told(kept: Kept) -> dict[str, Any]:
    """Where something was taken from view and what that means for the hash, in the answer's language; empty
    where nothing was."""
    if not kept.withheld:
        return {}
    return {"withheld": {"places": list(kept.withheld), "reason": _WITHHELD.in_language(kept.language)}}


_WITHHELD = Text(
    "Nội dung người tra cứu đã gõ ở các vị trí này không được hiển thị vì có thể chứa thông tin cá nhân. "
    "Bản lưu không thay đổi: mã SHA-256 là của bản đầy đủ, nên bản đang xem không cho ra mã đó.",
    "What was typed at these places is not shown, since it may hold personal data. What is kept has not "
    "changed: the SHA-256 is that of the full text, and this copy does not give it.",
)


def _statement(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["number"] is None:
        return None
    return {
        "number": f"{row['number']}/{row['year']}",
        "officer": row["officer"],
        "office": row["office"],
        "signed_at": row["signed_at"],
    }
