"""How a delivery was read, and which rows it confirmed without changing them.

A row that a delivery states again unchanged keeps its version: `core.confirmed_on` tells the date of the
newest source that stated it.

Revision ID: core_0007
"""

from alembic import op

revision = "core_0007"
down_revision = "core_0006"
branch_labels = None
depends_on = None

ROLES = (
    "gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin"
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        """
        ALTER TABLE core.delivery
            ADD COLUMN options jsonb NOT NULL DEFAULT '{}',
            ADD COLUMN confirmed int8multirange NOT NULL DEFAULT '{}',
            ADD COLUMN complete boolean NOT NULL DEFAULT false;
        COMMENT ON COLUMN core.delivery.options IS 'How the file was read.';
        COMMENT ON COLUMN core.delivery.confirmed IS 'Features it stated unchanged.';
        COMMENT ON COLUMN core.delivery.complete IS 'It stated every feature of the layer.';

        CREATE FUNCTION core.confirmed_on(layer_name text, feature bigint) RETURNS date
        LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT max(source_date) FROM core.delivery
            WHERE layer = layer_name AND status = 'applied' AND confirmed @> feature
        $$;
        COMMENT ON FUNCTION core.confirmed_on(text, bigint) IS
            'Date of the newest source that stated the feature unchanged; NULL where none did.';
        """
    )
    op.execute(f"GRANT SELECT (confirmed, complete) ON core.delivery TO {ROLES}")


def downgrade() -> None:
    raise NotImplementedError("What deliveries confirmed would be lost; restore a backup instead.")
