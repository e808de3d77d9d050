"""A page of features, keyed: what was written meanwhile moves no feature from one page to another."""

from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.statement import Statement
from gis_platform.layer.declaration import Layer
from gis_platform.serving.cursor import following, last_of, ordering
from gis_platform.serving.feature import feature_json
from gis_platform.serving.rows import all_of, column, column_list, selected_rows, template
from gis_platform.serving.selection import Selection
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Rows that a condition matches are counted up to here; of more, no number is told.
COUNTED = 50_000

_COLUMNS = (int, int, bool, str, bool, bytes)


_MOST_KEPT = 512
_made: dict[tuple[object, ...], Statement] = {}


def page_statement(selection: Selection, *, kept: bool, begun: bool) -> Statement:
    """One page; columns: rows matched, rows returned, whether more follow, the last row's key, whether a
    feature of the page is made up, features as UTF-8 GeoJSON joined by commas.

    Rows matched are counted up to ``COUNTED``; one more than that means more. ``begun`` is false on a first
    page. Parameters: ``limit``; those of the selection; ``after``, and ``k_0``, ``k_1`` … for each key of
    its order.

    One statement serves all values of a selection's conditions and times.
    """
    if not kept:
        return _compose(selection, kept=False, begun=begun)
    form = (*selection.form, begun)
    statement = _made.get(form)
    if statement is None:
        if len(_made) >= _MOST_KEPT:
            _made.clear()
        statement = _made[form] = _compose(selection, kept=True, begun=begun)
    return statement


def _compose(selection: Selection, *, kept: bool, begun: bool) -> Statement:
    # The tiles' copy of the geometry would be carried along for nothing.
    carried = [name for name in column_list(selection.layer, selection.role) if name != "geom_3857"]
    text = template(SQL, "page").format(
        columns=sql.SQL(", ").join(map(column, carried)),
        rows=selected_rows(selection),
        condition=all_of(selection.conditions),
        following=following(selection) if begun else sql.SQL("true"),
        order=ordering(selection),
        matched=_matched(selection),
        last=last_of(selection),
        feature=feature_json(selection.shown, selection.working_srid, selection.out),
    )
    return Statement(text.as_bytes(None), _COLUMNS, kept=kept)


def _matched(selection: Selection) -> sql.Composable:
    if _is_whole(selection):
        return template(SQL, "matched_all").format(name=sql.Literal(selection.layer.name))
    return template(SQL, "matched_some").format(
        rows=selected_rows(selection),
        condition=all_of(selection.conditions),
        most=sql.Literal(COUNTED + 1),
    )


def _is_whole(selection: Selection) -> bool:
    """Whether the layer's own count is that of the selection: counting is not needed, however many."""
    return not selection.conditions and selection.at is None and sees_all(selection.layer, selection.role)


def exactly(matched: int, selection: Selection) -> int | None:
    """The number of rows matched; None where there are more than were counted."""
    return matched if matched <= COUNTED or _is_whole(selection) else None


def sees_all(layer: Layer, role: Role) -> bool:
    """Whether no row policy holds rows back, so that the layer's own count is the role's."""
    return role not in layer.visible_rows
