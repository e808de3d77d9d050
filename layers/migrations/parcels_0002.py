"""Parcels seen from afar: their blocks, dissolved.

Revision ID: parcels_0002
"""

from alembic import op

revision = "parcels_0002"
down_revision = "parcels_0001"
branch_labels = None
depends_on = "core_0009"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SELECT core.keep_coarse('layer.parcels')")


def downgrade() -> None:
    op.execute("DROP TRIGGER coarse_insert ON layer.parcels")
    op.execute("DROP TRIGGER coarse_update ON layer.parcels")
    op.execute("DROP TRIGGER coarse_delete ON layer.parcels")
    op.execute("DELETE FROM core.coarse WHERE layer = 'parcels'")
