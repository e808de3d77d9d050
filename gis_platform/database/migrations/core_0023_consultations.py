"""Consultations: other bodies are asked about a case, and following a case tells how many have answered.

Revision ID: core_0023
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0023"
down_revision = "core_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("What was asked and answered would be lost; restore a backup instead.")
