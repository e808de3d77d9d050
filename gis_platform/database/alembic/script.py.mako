"""${message}

Revision ID: ${up_revision}
"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    # A migration that waits for a lock makes everyone behind it wait: give up and be run again.
    op.execute("SET LOCAL lock_timeout = '5s'")
    ${upgrades if upgrades else "op.execute(\"\"\"\n    \"\"\")"}


def downgrade() -> None:
    raise NotImplementedError("State how this is taken back, or that a backup is.")
