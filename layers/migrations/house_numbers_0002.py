"""Certificates of house numbers: one at most holds for a house.

Revision ID: house_numbers_0002
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "house_numbers_0002"
down_revision = "house_numbers_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Papers that were given out would be unknown; restore a backup instead.")
