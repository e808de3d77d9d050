"""Documents of a case: bytes kept by their hash outside the web root, told by what they are and not by their
name.
"""

import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework.case import Case, require_handles
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.in_person import PERSONAL_DATA, require_person
from gis_platform.casework.journal import append
from gis_platform.casework.sniffing import ALLOWED, ENDINGS, sniffed
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound, Problem
from gis_platform.folding import nfc
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Below the data folder, which no web server shows.
FOLDER = "case-documents"
_MB = 2**20
_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
#: Endings as programs have them, one after the other; a number after a point belongs to the name.
_ENDINGS = re.compile(r"([.]\s*[a-z][a-z0-9]{0,7}\s*)+\Z", re.IGNORECASE | re.ASCII)
_LONGEST = 200


class DocumentTooLarge(Problem):
    """A file holds more than a document of its kind may."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "document-too-large"


class NoSuchForm(Problem):
    """A file is none of the forms that a case takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "document-form-refused"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that has come whole."""

    path: Path
    size: int
    sha256: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the documents of a city lie; ``most_bytes`` is the most that any may hold."""

    folder: Path
    most_bytes: int

    @classmethod
    def of(cls, data_dir: Path, most_mb: int) -> "Shelf":
        """The one below the data folder."""
        return cls(data_dir / FOLDER, most_mb * _MB)

    def place(self, sha256: bytes) -> Path:
        """Where a file of that hash lies."""
        name = sha256.hex()
        return self.folder / name[:2] / name

    async def take(self, pieces: AsyncIterator[bytes], most_bytes: int) -> Kept:
        """Write a file as it comes and keep it by its hash; what cannot be used leaves nothing behind.

        Raises:
            DocumentTooLarge: it goes on for longer than it may.
            NoSuchForm: it is none of the forms that are taken.
            BadParameter: it is empty.
        """
        most = min(most_bytes, self.most_bytes)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = self.folder / f".coming-{secrets.token_hex(8)}"
        digest, size = hashlib.sha256(), 0
        descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > most:
                        raise _too_large(most)
                    digest.update(piece)
                    file.write(piece)
            if size == 0:
                raise BadParameter("The file is empty.", parameter="body", detail_vi="Tệp rỗng.")
            media_type = sniffed(coming)
            if media_type is None:
                raise _refused()
            place = self.place(digest.digest())
            place.parent.mkdir(exist_ok=True, mode=0o700)
            coming.replace(place)
            return Kept(place, size, digest.digest(), media_type)
        finally:
            coming.unlink(missing_ok=True)


async def add_document(
    work: UnitOfWork, workflow: Workflow, case: Case, kind: str, name: str, kept: Kept
) -> int:
    """Put a kept file into a case the caller holds; its number is returned.

    Raises:
        Forbidden: the case is another unit's.
        BadParameter: the workflow knows no such kind.
    """
    require_handles(work, workflow.handlers, case)
    return await put_document(work, workflow, case, kind, name, kept, work.caller.username)


async def put_document(
    work: UnitOfWork, workflow: Workflow, case: Case, kind: str, name: str, kept: Kept, by: str
) -> int:
    """The same for whoever may, as the transaction acts.

    Raises:
        BadParameter: the workflow knows no such kind.
    """
    require_kind(workflow, kind)
    number: int = await work.value(
        SQL["add"],
        case_id=case.id,
        kind=kind,
        name=file_name(name, kept.media_type),
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
        by=by,
    )
    await append(
        work, case.id, "document.added", {"document": number, "kind": kind, "sha256": kept.sha256.hex()}
    )
    return number


def require_kind(workflow: Workflow, kind: str) -> int:
    """The most bytes that a document of that kind may hold.

    Raises:
        BadParameter: there is no such kind.
    """
    known = workflow.document(kind)
    if known is None:
        names = ", ".join(one.name for one in workflow.documents)
        raise BadParameter(
            f"There is no kind of document {kind[:40]!r}. There are: {names}.",
            parameter="kind",
            detail_vi=f"Hồ sơ không có loại tài liệu “{kind[:40]}”. Các loại: {names}.",
        )
    return known.most_bytes


async def documents_of(
    work: UnitOfWork, workflow: Workflow, case_id: int, language: Language
) -> list[dict[str, Any]]:
    """What a case holds, the first one first."""
    told = []
    for row in await work.rows(SQL["of_case"], case_id=case_id):
        kind = workflow.document(row["kind"])
        title = kind.title.in_language(language) if kind else row["kind"]
        name = file_name(row["name"], row["media_type"])
        told.append({**row, "name": name, "sha256": bytes(row["sha256"]).hex(), "kind_title": title})
    return told


async def open_document(work: UnitOfWork, workflow: Workflow, case: Case, number: int) -> dict[str, Any]:
    """A document's row, its ``sha256`` as bytes; that it was looked at is written to the audit trail.

    Raises:
        Forbidden: it belongs to another unit's case, or a machine asks.
        NotFound: the case has no such document.
    """
    require_person(work, PERSONAL_DATA)
    require_handles(work, workflow.handlers, case)
    row = await work.row(SQL["one"], case_id=case.id, document=number)
    if row is None:
        raise NotFound(
            f"Case {case.shown} has no document {number}.",
            parameter="document",
            detail_vi=f"Hồ sơ {case.shown} không có tài liệu số {number}.",
        )
    await record(work, "personal-data.read", f"cases/{case.shown}/documents/{number}", {"name": "document"})
    return {
        **row,
        "name": file_name(row["name"], row["media_type"]),
        "sha256": bytes(row["sha256"]),
    }


def plain_name(name: str) -> str:
    """A file's name as it is kept: composed, without folders and characters that could pass for others."""
    bare = _UNFIT.sub(" ", nfc(name).replace("\\", "/").rpartition("/")[2])
    return " ".join(bare.split()).strip(". ")[:_LONGEST] or "tai-lieu"


def file_name(name: str, media_type: str) -> str:
    """The same with the ending of what the file is: the system of who opens it goes by the ending alone."""
    ending = ENDINGS.get(media_type, ".bin")
    stem = _ENDINGS.sub("", plain_name(name)).strip(". ")
    return (stem[: _LONGEST - len(ending)].strip(". ") or "tai-lieu") + ending


def _too_large(most: int) -> DocumentTooLarge:
    return DocumentTooLarge(
        f"A document of this kind may hold at most {most // _MB} MB.",
        detail_vi=f"Tài liệu loại này không được quá {most // _MB} MB. Có thể quét lại với độ phân giải "
        "thấp hơn.",
    )


def _refused() -> NoSuchForm:
    forms = ", ".join(sorted(set(ALLOWED.values())))
    return NoSuchForm(
        f"The file is none of the forms that are taken: {forms}. Its content decides, not its name.",
        detail_vi=f"Tệp không thuộc các dạng được nhận: {forms}. Hệ thống xét nội dung tệp, không xét tên "
        "tệp.",
    )
