"""A file that was uploaded becomes a delivery: kept whole, entered, and from then on worked by itself."""

import hashlib
import json
from pathlib import Path

from etl.delivery.intake.keeping import keep, remove_kept
from etl.delivery.online.acting import acting_as
from etl.delivery.request import DeliveryRequest
from gis_platform.access.caller import Caller
from gis_platform.audit.record import record_sync
from gis_platform.errors import Conflict
from gis_platform.layer.sources import UNNAMED
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def enter_upload(conninfo: str, data_dir: Path, request: DeliveryRequest, caller: Caller) -> int:
    """Keep the file of a request and enter it as received; its number.

    conninfo: login of the application, which acts as the caller here.

    Raises:
        Conflict: the very file is here already, for that layer and date.
        BadParameter, DeliveryRefused, NoSpace: it cannot be kept.
    """
    sha256, size = fingerprint(request.file)
    told = {
        "layer": request.layer,
        "source": request.source or UNNAMED,
        "source_date": request.source_date,
        "file_name": request.file.name,
        "sha256": sha256,
        "size": size,
        "sender": request.sender,
        "received_by": request.received_by,
        "asked": json.dumps({**request.asked(), "source": request.source}),
    }
    with acting_as(conninfo, caller) as connection:
        same = connection.execute(SQL["same"].text, told).fetchone()
        if same is not None:
            raise Conflict(
                f"The very same file is here already for that layer and date, as delivery {same[0]}.",
                detail_vi=f"Đúng tệp này đã được nhận cho lớp và ngày đó: đợt {same[0]}.",
                delivery=same[0],
            )
        row = connection.execute(SQL["enter"].text, told).fetchone()
        if row is None:
            raise AssertionError("an INSERT with RETURNING answers a row")
        delivery = int(row[0])
        try:
            kept = keep(data_dir, request.file, delivery)
            connection.execute(
                SQL["keep"].text, {"id": delivery, "kept_file": f"{delivery}/{kept.path.name}"}
            )
            detail = {"file": request.file.name, "source_date": str(request.source_date), "size": size}
            record_sync(connection, "delivery.received", f"{request.layer}/deliveries/{delivery}", detail)
            connection.commit()
        except BaseException:
            connection.rollback()
            remove_kept(data_dir, delivery)
            raise
    return delivery


def fingerprint(file: Path) -> tuple[bytes, int]:
    """The sha256 of a file, and how many bytes it has."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest(), file.stat().st_size
