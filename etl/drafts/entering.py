"""A file that was uploaded becomes a draft: kept whole, entered, and from then on worked by itself."""

import json
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from etl.delivery.intake.keeping import keep_in
from etl.delivery.online.acting import acting_as
from etl.delivery.online.entering import fingerprint
from gis_platform.access.caller import Caller
from gis_platform.audit.record import record_sync
from gis_platform.errors import TooManyRequests
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

MOST = 200
MOST_OF_ONE = 40


def drafts_folder(data_dir: Path) -> Path:
    """Where the files lie; one folder a draft, named by its number."""
    return data_dir / "drafts"


def enter_draft(
    conninfo: str, data_dir: Path, file: Path, name: str, asked: Mapping[str, Any], caller: Caller
) -> int:
    """Keep a file and enter it as a draft that waits to be worked; its number.

    conninfo: login of the application, which acts as the caller here.

    Raises:
        TooManyRequests: too many drafts are kept; some must be removed first.
        BadParameter, DeliveryRefused, NoSpace: it cannot be kept.
    """
    sha256, size = fingerprint(file)
    told = {
        "name": name,
        "file_name": file.name,
        "size": size,
        "sha256": sha256.hex(),
        "asked": json.dumps(asked, ensure_ascii=False),
    }
    with acting_as(conninfo, caller) as connection:
        connection.execute(SQL["one_at_a_time"].text)
        _require_room(connection.execute(SQL["crowd"].text).fetchone())
        row = connection.execute(SQL["enter"].text, told).fetchone()
        if row is None:
            raise AssertionError("an INSERT with RETURNING answers a row")
        draft = int(row[0])
        try:
            kept = keep_in(drafts_folder(data_dir), file, str(draft))
            connection.execute(SQL["keep"].text, {"id": draft, "kept_file": f"{draft}/{kept.path.name}"})
            detail = {"file": file.name, "sha256": sha256.hex(), "size": size}
            record_sync(connection, "planning.draft.uploaded", f"planning-draft/{draft}", detail)
            connection.commit()
        except BaseException:
            connection.rollback()
            forget_file(data_dir, draft)
            raise
    return draft


def forget_file(data_dir: Path, draft: int) -> None:
    """Remove the file of a draft, and what was unpacked beside it; nothing where there is none."""
    forget_folder(drafts_folder(data_dir) / str(draft))


def forget_folder(folder: Path) -> None:
    """Out of sight first, so that nobody meets the half of it; a plain file goes likewise."""
    gone = folder.with_name(f".gone-{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        folder.rename(gone)
        if gone.is_file():
            gone.unlink()
        shutil.rmtree(gone, ignore_errors=True)


def _require_room(crowd: Any) -> None:
    if crowd[1] >= MOST_OF_ONE or crowd[0] >= MOST:
        most = MOST_OF_ONE if crowd[1] >= MOST_OF_ONE else MOST
        raise TooManyRequests(
            f"{most} drafts are kept already. Remove some that are no longer needed, then upload again.",
            retry_after=3600,
            detail_vi=f"Đã lưu {most} bản thảo. Hãy xoá các bản thảo không còn dùng rồi tải lên lại.",
        )
