"""Sources: a file's name is none, and a contract may say which warnings stop a delivery.

Revision ID: core_0017
"""

from alembic import op

revision = "core_0017"
down_revision = "core_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE core.delivery_contract ADD COLUMN errors text[] NOT NULL DEFAULT '{}'")
    # Where nobody stated whose data it is, the file's name was taken for the source.
    op.execute(
        r"""
        UPDATE core.delivery SET source = 'unnamed'
        WHERE source = regexp_replace(file_name, '\.[^.]*$', '') AND coalesce(asked ->> 'source', '') = ''
          AND (layer, source) NOT IN (SELECT layer, source FROM core.delivery_contract)
          AND (layer, source) NOT IN (SELECT layer, source FROM core.delivery_mapping)
        """
    )


def downgrade() -> None:
    """What the source was is the file's name still."""
    op.execute("ALTER TABLE core.delivery_contract DROP COLUMN errors")
    op.execute(
        r"""
        UPDATE core.delivery SET source = regexp_replace(file_name, '\.[^.]*$', '') WHERE source = 'unnamed'
        """
    )
