"""Many look-ups from a table: each row of addresses or numbers is answered in its own row, in order."""

from layers.planning.batch.reading import Table, read_table
from layers.planning.batch.run import answered

__all__ = ["Table", "answered", "read_table"]
