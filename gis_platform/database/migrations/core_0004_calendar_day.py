"""The working calendar: days off, make-up days, and what an administrator says of a day.

Revision ID: core_0004
"""

from alembic import op

revision = "core_0004"
down_revision = "core_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        CREATE TABLE core.calendar_day (
            day date PRIMARY KEY,
            kind text NOT NULL CHECK (kind IN ('work', 'off', 'makeup')),
            name text NOT NULL,
            decision_no text,
            confirmed boolean NOT NULL,
            source text NOT NULL CHECK (source IN ('package', 'official', 'administrator')),
            changed_at timestamptz NOT NULL DEFAULT now(),
            CHECK (kind <> 'makeup' OR extract(isodow FROM day) IN (6, 7))
        )
    """)
    op.execute("""
        COMMENT ON TABLE core.calendar_day IS
        'Days that differ from the week. Correct a day to kind work, never delete it: the seed would return.'
    """)
    op.execute("""
        GRANT SELECT ON core.calendar_day
        TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor,
            gis_admin
    """)
    op.execute("GRANT INSERT, UPDATE ON core.calendar_day TO gis_admin")


def downgrade() -> None:
    raise NotImplementedError("The corrections of an administrator would be lost; restore a backup instead.")
