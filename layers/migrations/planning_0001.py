"""Planning answers that are kept, statements signed on them, and remarks that something in one is wrong.

Revision ID: planning_0001
"""

from pathlib import Path

from alembic import op

revision = "planning_0001"
down_revision = None
branch_labels = ("planning",)
depends_on = "core_0014"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # Without this the driver takes each % for a placeholder.
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
