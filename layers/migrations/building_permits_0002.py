"""Buildings handed in for cases, each with its check; papers of permits, of which one at most holds.

Revision ID: building_permits_0002
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "building_permits_0002"
down_revision = "building_permits_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Papers that were given out would be unknown; restore a backup instead.")
