"""Remarks by ward and with what was done about them; planners find the notice too.

Revision ID: planning_0004
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "planning_0004"
down_revision = "planning_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
