"""Cases filed on line by who has not signed in; who helped an applicant, and how he agreed.

Revision ID: core_0024
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0024"
down_revision = "core_0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("Keys of filings and consents would be lost; restore a backup instead.")
