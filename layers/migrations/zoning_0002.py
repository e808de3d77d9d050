"""The first day of zones, read from the beginning of an index.

Revision ID: zoning_0002
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "zoning_0002"
down_revision = "zoning_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute("DROP INDEX layer.zoning_begin, layer.zoning_history_begin")
