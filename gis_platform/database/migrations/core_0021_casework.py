"""Casework: cases, what happens to them, and messages that leave the platform.

Revision ID: core_0021
"""

from alembic import op

from gis_platform.database.sql_twin import run_sql_twin

revision = "core_0021"
down_revision = "core_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    names = ("casework", "casework_rights", "outbox")
    run_sql_twin(__file__, *(f"core_0021_{name}.sql" for name in names))


def downgrade() -> None:
    raise NotImplementedError("Cases and their journal would be lost; restore a backup instead.")
