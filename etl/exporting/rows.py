"""The statement that reads the rows of a selection for a file: keyed, geometry in the file's system.

Coordinates are moved by PostGIS, whose grids are pinned; GDAL only stores them. They are x, y whatever the
authority's axis order is.
"""

from dataclasses import replace

from psycopg import sql

from etl.exporting.fields import Field, fields_of
from gis_platform.serving.cursor import following, ordering
from gis_platform.serving.rows import all_of, answered_geometry, column, selected_rows, template
from gis_platform.serving.selection import Selection
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def rows_statement(selection: Selection, *, begun: bool, limited: bool) -> bytes:
    """Rows in the selection's order: id, the properties shown, source date, whether it is made up, WKB in
    ``out``, and the row's key as the cursor of pages writes it.

    Parameters: those of the selection; where ``begun`` the key to go on after (``after``, ``k_0`` …);
    where ``limited`` the ``limit``.
    """
    out = replace(selection.out, flip=False)
    statement = template(SQL, "rows").format(
        properties=sql.SQL("").join(sql.SQL("{}, ").format(_value(field)) for field in fields_of(selection)),
        geometry=answered_geometry(selection.working_srid, out),
        key=_key(selection),
        rows=selected_rows(selection),
        condition=all_of(selection.conditions),
        following=following(selection) if begun else sql.SQL("true"),
        order=ordering(selection),
    )
    return (statement + sql.SQL(" ") + template(SQL, "limit") if limited else statement).as_bytes(None)


def total_statement(selection: Selection) -> bytes:
    """How many rows the selection has; the parameters are the selection's."""
    return (
        template(SQL, "total")
        .format(rows=selected_rows(selection), condition=all_of(selection.conditions))
        .as_bytes(None)
    )


def _value(field: Field) -> sql.Composable:
    value = column(field.name)
    return template(SQL, "as_json").format(column=value) if field.json else value


def _key(selection: Selection) -> sql.Composable:
    keys = [sql.SQL("CAST({} AS text)").format(column(key.name)) for key in selection.order]
    if not keys:
        return template(SQL, "key_of_id")
    return template(SQL, "key_of_order").format(keys=sql.SQL(", ").join([*keys, column("id")]))
