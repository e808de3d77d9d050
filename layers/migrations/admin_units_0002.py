"""Units are found by their names through an index.

Revision ID: admin_units_0002
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "admin_units_0002"
down_revision = "admin_units_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute("DROP INDEX layer.admin_units_full_name, layer.admin_units_name")
