"""Construction permits with their history.

Revision ID: building_permits_0001
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "building_permits_0001"
down_revision = None
branch_labels = ("building_permits",)
depends_on = ("core_0022", "parcels_0001", "admin_units_0001")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute(
        "DROP TABLE layer.building_permits_history, layer.building_permits; DROP SCHEMA permits CASCADE"
    )
