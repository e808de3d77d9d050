"""Draft plans that were uploaded to see what they would change: their zones, and the parcels these touch.

Revision ID: planning_0002
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "planning_0002"
down_revision = "planning_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
