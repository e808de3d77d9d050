"""A permit's number is one in whatever case and with however many zeros it is written.

Revision ID: building_permits_0005
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "building_permits_0005"
down_revision = "building_permits_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_sql_twin(__file__)


def downgrade() -> None:
    op.execute(
        "DROP INDEX layer.one_permit_a_number; DROP INDEX permits.papers_of_permit;"
        " CREATE UNIQUE INDEX one_permit_a_number"
        " ON layer.building_permits (unit_code, permit_no, (EXTRACT(year FROM issued_on)));"
        " DROP FUNCTION permits.number_key(text)"
    )
