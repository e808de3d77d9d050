"""What came of a case's moves is kept with it.

Revision ID: core_0022
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0022"
down_revision = "core_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("What came of cases would be lost; restore a backup instead.")
