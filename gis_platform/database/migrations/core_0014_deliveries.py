"""Deliveries as proposals: kept, checked, compared, decided on, and undone as a new version.

Revision ID: core_0014
"""

from pathlib import Path

from alembic import op

revision = "core_0014"
down_revision = "core_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # Without this the driver takes each % for a placeholder.
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
