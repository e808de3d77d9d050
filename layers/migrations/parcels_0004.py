"""The first day of parcels, read from the beginning of an index.

Revision ID: parcels_0004
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "parcels_0004"
down_revision = "parcels_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute("DROP INDEX layer.parcels_begin, layer.parcels_history_begin")
