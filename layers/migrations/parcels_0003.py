"""Parcels by the number of any day, and by their address.

Revision ID: parcels_0003
"""

from alembic import op

revision = "parcels_0003"
down_revision = "parcels_0002"
branch_labels = None
depends_on = "core_0014"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        """
        CREATE INDEX parcels_history_number ON layer.parcels_history (sheet_no, parcel_no, unit_code);
        CREATE INDEX parcels_history_old_number ON layer.parcels_history (old_sheet_no, old_parcel_no)
            WHERE old_parcel_no IS NOT NULL;
        CREATE INDEX parcels_history_identifier ON layer.parcels_history (identifier)
            WHERE identifier IS NOT NULL;
        -- By bytes, so that an address is found by how it begins whatever the locale sorts like.
        CREATE INDEX parcels_address ON layer.parcels (core.fold(address) text_pattern_ops);
        CREATE INDEX parcels_history_address ON layer.parcels_history (core.fold(address) text_pattern_ops);
        """
    )


def downgrade() -> None:
    op.execute(
        "DROP INDEX layer.parcels_history_number, layer.parcels_history_old_number,"
        " layer.parcels_history_identifier, layer.parcels_address, layer.parcels_history_address"
    )
