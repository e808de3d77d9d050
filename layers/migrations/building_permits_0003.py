"""Buildings are handed in on line too.

Revision ID: building_permits_0003
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "building_permits_0003"
down_revision = "building_permits_0002"
branch_labels = None
depends_on = "core_0024"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute(
        "DROP POLICY building_online ON casework.journal; DROP POLICY filed_online ON permits.submission;"
        " DROP POLICY of_the_key ON permits.submission; REVOKE ALL ON permits.submission FROM gis_filing;"
        " REVOKE USAGE ON SCHEMA permits FROM gis_filing; REVOKE SELECT ON core.city FROM gis_filing"
    )
