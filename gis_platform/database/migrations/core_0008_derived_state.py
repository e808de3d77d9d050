"""What the grants and policies in force were derived from: a start that changes nothing locks nothing.

Revision ID: core_0008
"""

from alembic import op

revision = "core_0008"
down_revision = "core_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        """
        CREATE TABLE core.derived_state (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            fingerprint bytea NOT NULL
        );
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE core.derived_state")
