"""Rules as they were known at a moment; who recorded one is for stewards, auditors and administrators.

Revision ID: core_0020
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0020"
down_revision = "core_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Restore a backup beside it instead.")
