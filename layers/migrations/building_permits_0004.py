"""With a building stands which version of its parcel the check read.

Revision ID: building_permits_0004
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "building_permits_0004"
down_revision = "building_permits_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute("ALTER TABLE permits.submission DROP COLUMN parcel_seen")
