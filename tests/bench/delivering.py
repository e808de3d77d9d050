"""One delivery in a process of its own, as `gis-platform deliver` has it: what it took, as a line of JSON.

``python -m tests.bench.delivering``, told what to do as JSON on stdin.
"""

import json
import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from etl.delivery.approve import Word, approve
from etl.delivery.deliver import propose
from etl.delivery.opening import look_around, open_delivery
from etl.delivery.request import DeliveryRequest
from etl.delivery.staging import stage
from etl.delivery.workspace import make_workspace
from gis_platform.city import load_city
from gis_platform.settings import Settings

#: No delivery has it.
_NOBODYS = 0


def read_and_stage(settings: Settings, request: DeliveryRequest, database: str) -> dict[str, Any]:
    """Seconds until the file's rows are staged; nothing stays."""
    began = time.perf_counter()
    with psycopg.connect(database) as connection:
        request, known = look_around(connection, load_city(settings.city), request)
        reader, _ = open_delivery(load_city(settings.city), request, known=known)
        make_workspace(connection, _NOBODYS)
        stage(connection, reader, lambda _: None)
        seconds = time.perf_counter() - began
        connection.rollback()
    return {"read": seconds}


def deliver(settings: Settings, request: DeliveryRequest, database: str) -> dict[str, Any]:
    """Seconds of the proposal and of bringing it into force; what it did."""
    began = time.perf_counter()
    proposed = propose(settings, request, database)
    seconds = {"proposed": time.perf_counter() - began, "counts": proposed.counts.as_dict()}
    if proposed.status != "ready" or proposed.id is None:
        raise RuntimeError(f"the delivery is {proposed.status}")
    began = time.perf_counter()
    approve(settings, proposed.id, database, Word(by="bench", accept_doubtful=True))
    return {**seconds, "applied": time.perf_counter() - began}


def main() -> None:
    """The command line of the process."""
    asked = json.loads(sys.stdin.read())
    settings = Settings.model_validate(asked["settings"])
    request = DeliveryRequest(
        file=Path(asked["file"]), layer="parcels", source_date=date.fromisoformat(asked["source_date"])
    )
    done = {"stage": read_and_stage, "deliver": deliver}[asked["what"]](settings, request, asked["database"])
    most = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    told = {**done, "resident_mb": int(most[1]) / 1024 if most else float("nan")}
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
