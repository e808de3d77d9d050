"""House numbers with their history, and the lines that streets and alleys are numbered along.

Revision ID: house_numbers_0001
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "house_numbers_0001"
down_revision = None
branch_labels = ("house_numbers",)
depends_on = ("core_0014", "streets_0001", "parcels_0001", "admin_units_0001")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute("DROP TABLE layer.house_numbers_history, layer.house_numbers; DROP SCHEMA numbering CASCADE")
