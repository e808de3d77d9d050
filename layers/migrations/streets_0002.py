"""Streets by their whole name, or how it begins: what an address is found by.

Revision ID: streets_0002
"""

from alembic import op

revision = "streets_0002"
down_revision = "streets_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # By bytes, whatever the locale sorts like; the index of trigrams takes no list of names.
    op.execute("CREATE INDEX streets_name ON layer.streets (core.fold(name) text_pattern_ops)")
    # The likest first, as the index itself measures it: folding each of thousands of candidates anew took a
    # third of a second.
    op.execute(
        "CREATE INDEX streets_alike ON layer.streets USING gist (core.fold(name) gist_trgm_ops)"
        " WHERE kind <> 'hem'"
    )


def downgrade() -> None:
    op.execute("DROP INDEX layer.streets_name, layer.streets_alike")
