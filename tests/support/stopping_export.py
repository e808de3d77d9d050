"""An export in a process of its own that stops amid its work and waits to be killed.

``python -m tests.support.stopping_export APP PUBLIC FOLDER ID MOMENT`` prints ``stopped`` when it has asked
``MOMENT`` times whether to go on.
"""

import sys
import time
from pathlib import Path
from threading import Event

from etl.exporting.forms import FORMS
from etl.exporting.working import Order, Task, make_export
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.geometry.output_crs import epsg_crs
from gis_platform.layer import installed_layers
from gis_platform.serving.selection import Selection

PART_ROWS = 300
_LONG = 600.0


def understand(task: Task) -> Order:
    """Every row of the collection in the city's grid."""
    layer = installed_layers()[task.collection]
    selection = Selection(layer=layer, role=Role(task.role), working_srid=9210, out=epsg_crs(9210))
    form = FORMS[task.format]
    return Order(selection, form, None, f"{layer.name}{form.suffix}")


class StopAt(Event):
    """Never says stop; at its moment it only never answers again."""

    def __init__(self, moment: int) -> None:
        super().__init__()
        self._left = moment

    def is_set(self) -> bool:
        """Counts how often it was asked."""
        self._left -= 1
        if self._left == 0:
            sys.stdout.write("stopped\n")
            sys.stdout.flush()
            time.sleep(_LONG)
        return False


def main() -> None:
    """Make the export, up to the moment."""
    app, public, folder, export_id, moment = sys.argv[1:]
    places = Logins(owner="", app=app, public=public)
    stop = StopAt(int(moment))
    make_export(places, Path(folder), export_id, understand, stop=stop, part_rows=PART_ROWS)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
