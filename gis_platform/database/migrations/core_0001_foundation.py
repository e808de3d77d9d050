"""Extensions, schemas, roles, the city's row, deliveries, and the functions that make a layer's table.

Revision ID: core_0001
"""

from pathlib import Path

from alembic import context, op
from sqlalchemy import text

revision = "core_0001"
down_revision = None
branch_labels = ("core",)
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in ("core_0001_foundation.sql", "core_0001_history.sql"):
        op.execute(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    city = context.config.attributes["city"]
    op.get_bind().execute(
        text(
            "INSERT INTO core.city (name, title_vi, title_en, working_srid, timezone) "
            "VALUES (:n, :v, :e, :s, :z)"
        ),
        {
            "n": city.name,
            "v": city.title_vi,
            "e": city.title_en,
            "s": city.working_srid,
            "z": city.timezone,
        },
    )


def downgrade() -> None:
    raise NotImplementedError("The foundation is not taken down; drop the database instead.")
