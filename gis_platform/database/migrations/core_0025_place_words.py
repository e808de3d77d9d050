"""How a citizen tells where the ground lies: kept with the applicant, since it may name people.

Revision ID: core_0025
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0025"
down_revision = "core_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    raise NotImplementedError("The words of applicants would be lost; restore a backup instead.")
