"""core.fold(text): the folding of search, the same as gis_platform.folding.fold.

Immutable, so that a trigram index can use it; one expression, so that the planner inlines it. Spelt out
with explicit letters and code points: lower() and character classes depend on the locale, unaccent() is
only stable and does not take text in decomposed form.

Revision ID: core_0003
"""

from alembic import op

revision = "core_0003"
down_revision = "core_0002"
branch_labels = None
depends_on = None

FOLD = r"""
CREATE FUNCTION core.fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(regexp_replace(regexp_replace(normalize(
    replace(replace(replace(replace(replace(replace(
        translate(
            lower(regexp_replace(
                normalize(value COLLATE "C", NFD),
                '[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff]+', '', 'g')),
            'đĐðÐƉøØłŁı⁄∕／', 'dddddoolli///'),
        'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
    NFC),
    '[\u0001-\u0020!-.:-@\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
    '\u2000-\u200b\u200e-\u205f\u2061-\u206f\u3000-\u3003\u3008-\u3011]+', ' ', 'g'),
    '(?<=[0-9]) */ *(?=[0-9])', '/', 'g'),
    '(?: |(?<![0-9])/|/(?![0-9]))+', ' ', 'g'), ' ')
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.get_bind().exec_driver_sql(FOLD)
    op.execute(
        "COMMENT ON FUNCTION core.fold(text) IS 'Text as search compares it; see gis_platform/folding.py'"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION core.fold(text)")
