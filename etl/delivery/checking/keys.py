"""Numbers that occur again or are missing, and rows with the very same geometry."""

from psycopg import sql

from etl.delivery.checking.subject import Subject
from etl.delivery.composing import compose, names
from gis_platform.layer import Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_MOST_EXAMPLES = 3


def check_keys(subject: Subject) -> None:
    """Duplicates and holes of the layer's key; a key of which no property is delivered is not looked at."""
    key = subject.key
    if not key:
        return
    titles = [subject.layer.property_named(name).title for name in key]
    number = Text(", ".join(f"{t.vi} %s" for t in titles), ", ".join(f"{t.en} %s" for t in titles))
    same = compose(SQL["same_key"], key=names(key), told=_texts(key), alike=_alike(key))
    twice = subject.book.found("duplicate_key", same, words={"number": number})
    if twice:
        subject.book.say("duplicate_key", _examples(subject, key, twice))
    for name, title in zip(key, titles, strict=True):
        if subject.layer.column(name).nullable:
            missing = compose(SQL["missing_key"], column=sql.Identifier(name))
            subject.book.found("missing_key", missing, words={"one": title})


def check_same_geometry(subject: Subject) -> None:
    """Rows of one and the same geometry, each with the first of them.

    Two devices stand on one pole and two themes share a zone: looked at are areas that may not share ground.
    """
    coverage = subject.layer.checks.coverage
    if coverage is None:
        return
    within = [name for name in coverage.within if name in subject.properties]
    alike = sql.SQL("").join(
        sql.SQL(" AND s.{0} IS NOT DISTINCT FROM k.{0}").format(sql.Identifier(name)) for name in within
    )
    also = sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier("f", name)) for name in within)
    same = compose(SQL["same_geometry"], fresh=subject.fresh_table(), also=also, alike=alike)
    subject.book.found("identical_geometry", same)


def _examples(subject: Subject, key: list[str], count: int) -> Text:
    held = subject.connection.execute(
        compose(SQL["examples"], key=names(key)), {"most": _MOST_EXAMPLES}
    ).fetchall()
    words = [name.removesuffix("_no").removesuffix("_code").replace("_", " ") for name in key]
    titles = [subject.layer.property_named(name).title.vi.lower() for name in key]
    en, vi = (
        "; ".join(" ".join(f"{word} {value}" for word, value in zip(said, row, strict=True)) for row in held)
        for said in (words, titles)
    )
    return Text(
        f"{count} đối tượng trùng số hiệu với đối tượng khác (ví dụ: {vi}): được lưu riêng.",
        f"{count} features share a number with another (e.g. {en}): stored as separate features.",
    )


def _texts(columns: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.SQL("CAST({} AS text)").format(sql.Identifier("s", c)) for c in columns)


def _alike(columns: list[str]) -> sql.Composable:
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier("s", c), sql.Identifier("k", c)) for c in columns
    )
