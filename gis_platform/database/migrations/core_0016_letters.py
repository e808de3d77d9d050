"""Texts without case or accents as filters compare them, at a price that the planner sees.

Revision ID: core_0016
"""

from pathlib import Path

from alembic import op

revision = "core_0016"
down_revision = "core_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # Without this the driver takes each % for a placeholder.
    op.get_bind().exec_driver_sql(statements, execution_options={"no_parameters": True})


def downgrade() -> None:
    op.execute("DROP FUNCTION core.without_accents(text)")
    op.execute("DROP FUNCTION core.without_case(text)")
