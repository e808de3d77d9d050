"""Files on their way in over HTTP: begun, gone on with after a broken line or a restart, finished, forgotten.

One folder a file below ``<data>/uploads``. What is on the disk is the truth: the bytes there are the offset,
so nothing is lost with the process, and no table has to agree with it.
"""

import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from etl.delivery.intake.naming import upload_name
from etl.delivery.intake.space import full_disk_in_words, require_space
from etl.delivery.intake.writing import offset_of, one_at_a_time
from gis_platform.errors import BadParameter, Conflict, DeliveryRefused, NotFound, Problem, TooManyRequests

#: After the last byte that came.
KEPT = timedelta(hours=24)
MOST_OF_ONE = 5
_ID = re.compile(r"[A-Za-z0-9_-]{32}")
_TOLD, _CONTENT = "upload.json", "content"


class FileTooLarge(Problem):
    """A file is announced that is larger than any that is taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "file-too-large"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as far as it has come; ``offset`` of ``length`` bytes are here.

    ``metadata`` is what its sender said of it, word for word.
    """

    id: str
    account_id: int
    name: str
    length: int
    offset: int
    expires_at: datetime
    path: Path
    metadata: str = ""

    @property
    def done(self) -> bool:
        """All of it is here."""
        return self.offset == self.length


def uploads_folder(data_dir: Path) -> Path:
    """Where the files lie; one folder for each."""
    return data_dir / "uploads"


def begin(
    data_dir: Path, account_id: int, name: str, length: int, most_bytes: int, metadata: str = ""
) -> Upload:
    """Announce a file of `length` bytes; `metadata` is kept as it is.

    Raises:
        BadParameter: its name is of no form that is read, or cannot come as one file.
        FileTooLarge, TooManyRequests, NoSpace: it is not taken; the words say what to do.
    """
    shown = upload_name(name)
    if length < 1:
        raise BadParameter(
            "The file is empty: 0 bytes.",
            parameter="Upload-Length",
            detail_vi="Tệp rỗng: 0 byte. Hãy kiểm tra lại tệp rồi gửi lại.",
        )
    if length > most_bytes:
        told = f"The file has {length} bytes, at most {most_bytes} are taken (GIS_UPLOAD_MAX_MB)."
        raise FileTooLarge(told, parameter="Upload-Length")
    folder = uploads_folder(data_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with one_at_a_time(folder), full_disk_in_words(folder):
        _forget(folder)
        standing = list(_all(folder))
        if sum(upload.account_id == account_id for upload in standing) >= MOST_OF_ONE:
            raise TooManyRequests(
                f"{MOST_OF_ONE} files of yours are here already, whole or in part. Deliver one or remove it "
                "(DELETE).",
                retry_after=60,
                detail_vi=f"Bạn đang có {MOST_OF_ONE} tệp tải lên, đã xong hoặc còn dở. Hãy giao nộp "
                "hoặc xoá bớt một tệp (DELETE).",
            )
        require_space(folder, length + sum(upload.length - upload.offset for upload in standing))
        upload_id = secrets.token_urlsafe(24)
        made = folder / f".{upload_id}"
        content = made / _CONTENT / shown
        content.parent.mkdir(mode=0o700, parents=True)
        made.chmod(0o700)
        kept = {"account_id": account_id, "name": shown, "length": length, "metadata": metadata}
        (made / _TOLD).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        content.touch(mode=0o600)
        made.rename(folder / upload_id)
    return find(data_dir, upload_id, account_id)


def find(data_dir: Path, upload_id: str, account_id: int) -> Upload:
    """An upload of this account. Raises `NotFound` where there is none, or its time is over."""
    found = _read(uploads_folder(data_dir) / upload_id) if _ID.fullmatch(upload_id) else None
    if found is None or found.account_id != account_id or found.expires_at <= datetime.now(UTC):
        raise NotFound(
            "There is no such upload: it was delivered or removed, its time is over "
            f"({int(KEPT.total_seconds()) // 3600} hours after the last byte), or it is another account's.",
            parameter="upload",
            detail_vi="Không có tệp tải lên này: tệp đã được nộp hoặc xoá, đã quá "
            f"{int(KEPT.total_seconds()) // 3600} giờ kể từ lần gửi cuối, hoặc là của tài khoản khác. "
            "Hãy tải lên lại.",
        )
    return found


def uploads_of(data_dir: Path, account_id: int) -> list[Upload]:
    """What this account has here, the newest last."""
    now = datetime.now(UTC)
    mine = [u for u in _all(uploads_folder(data_dir)) if u.account_id == account_id and u.expires_at > now]
    return sorted(mine, key=lambda upload: upload.expires_at)


def finished(data_dir: Path, upload_id: str, account_id: int) -> Path:
    """The file of an upload that has come whole, under the name its sender gave it.

    Raises:
        NotFound: this account has no such upload.
        Conflict: bytes are still missing.
    """
    upload = find(data_dir, upload_id, account_id)
    if not upload.done:
        raise Conflict(
            f"{upload.name} has not come whole: {upload.offset} of {upload.length} bytes are here. Go on "
            "with the upload first.",
            detail_vi=f"{upload.name} chưa gửi xong: mới nhận {upload.offset} trên {upload.length} "
            "byte. Hãy gửi tiếp phần còn lại trước.",
        )
    return upload.path


def hand_over(data_dir: Path, upload_id: str, account_id: int, take: Callable[[Path], int]) -> int:
    """What `take` makes of a file that has come whole; the upload is gone then.

    It is gone too where the file itself is refused: sent again as it is, it would be refused again, and until
    then it would be one of the few its owner may have here. What hinders for a while leaves it.

    Raises:
        NotFound, Conflict: as ``finished``; and whatever `take` raises.
    """
    file = finished(data_dir, upload_id, account_id)
    try:
        made = take(file)
    except DeliveryRefused:
        with suppress(NotFound):
            remove(data_dir, upload_id, account_id)
        raise
    remove(data_dir, upload_id, account_id)
    return made


def remove(data_dir: Path, upload_id: str, account_id: int) -> None:
    """Take an upload away, whole or in part. Raises `NotFound` where this account has none such."""
    find(data_dir, upload_id, account_id)
    _take_away(uploads_folder(data_dir) / upload_id)


def forget_uploads(data_dir: Path) -> int:
    """Take away what nobody went on with in time; tells how many."""
    folder = uploads_folder(data_dir)
    if not folder.is_dir():
        return 0
    with one_at_a_time(folder):
        return _forget(folder)


def as_told(upload: Upload) -> dict[str, object]:
    """What its sender may know of it."""
    told = asdict(upload)
    for name in ("path", "account_id", "metadata"):
        del told[name]
    return told | {"done": upload.done}


def _forget(folder: Path) -> int:
    now, gone = datetime.now(UTC), 0
    for entry in [each for each in folder.iterdir() if each.is_dir()]:
        found = _read(entry) if _ID.fullmatch(entry.name) else None
        # One that was half made, or half gone, when its process was killed has no telling file.
        if found is None or found.expires_at <= now:
            _take_away(entry)
            gone += 1
    return gone


def _all(folder: Path) -> Iterator[Upload]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        found = _read(entry) if _ID.fullmatch(entry.name) else None
        if found is not None:
            yield found


def _read(entry: Path) -> Upload | None:
    try:
        told = json.loads((entry / _TOLD).read_text(encoding="utf-8"))
        path = entry / _CONTENT / told["name"]
        touched = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Upload(
            id=entry.name,
            account_id=told["account_id"],
            name=told["name"],
            length=told["length"],
            offset=offset_of(path),
            expires_at=touched + KEPT,
            path=path,
            metadata=told.get("metadata", ""),
        )
    except (OSError, ValueError, KeyError):
        return None


def _take_away(entry: Path) -> None:
    """Out of sight first: half removed it would count as an upload of fewer bytes."""
    gone = entry.with_name(f".gone-{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        entry.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
