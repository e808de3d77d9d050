"""What of a kept question is shown: not what was typed before questions were kept as they were understood.

Revision ID: planning_0003
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "planning_0003"
down_revision = "planning_0002"
branch_labels = None
depends_on = ("admin_units_0001", "parcels_0001")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
