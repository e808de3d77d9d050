"""A delivery in a process of its own that stops at a named moment and waits to be killed.

``python -m tests.support.stopping_delivery CONNINFO DATA_DIR FILE MOMENT`` prints ``stopped`` and the most
memory it has held, in kB, when it has come to the moment: a step of the delivery such as ``committing``, or
``rows``, amid the COPY. With the moment ``never`` it goes on to the end.
"""

import re
import sys
import time
from pathlib import Path

from etl.delivery.deliver import deliver
from gis_platform.settings import Settings
from tests.support.delivered import request

_LONG = 600.0


class StopAt:
    """Progress that never comes past its moment."""

    def __init__(self, moment: str) -> None:
        self._moment = moment

    def step(self, text: str) -> None:
        """A step begins."""
        if text.startswith(self._moment):
            self._stop()

    def rows(self, done: int, total: int | None) -> None:
        """Rows have been sent, and are not yet all there are."""
        if self._moment == "rows" and total is not None and total / 2 < done < total:
            self._stop()

    @staticmethod
    def _stop() -> None:
        # Not ru_maxrss, which begins with what the process that started this one held.
        held = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
        sys.stdout.write(f"stopped {held[1] if held else 0}\n")
        sys.stdout.flush()
        time.sleep(_LONG)


def main() -> None:
    """Deliver into parcels, up to the moment."""
    conninfo, data_dir, file, moment = sys.argv[1:]
    settings = Settings(data_dir=Path(data_dir))
    result = deliver(settings, request(Path(file)), conninfo, StopAt(moment))
    sys.stdout.write(f"{result.status}\n")


if __name__ == "__main__":
    main()
