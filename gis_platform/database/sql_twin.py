"""A migration whose statements stand in SQL files beside it."""

from pathlib import Path

from alembic import op


def run_sql_twin(file: str, *names: str) -> None:
    """Run the SQL file of the same name as the migration ``file``, or those named, in their order."""
    twins = [Path(file).with_name(name) for name in names] or [Path(file).with_suffix(".sql")]
    for twin in twins:
        # Without this the driver takes each % for a placeholder.
        op.get_bind().exec_driver_sql(
            twin.read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )
