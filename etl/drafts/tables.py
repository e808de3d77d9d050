"""A draft as a table of areas, such as a GeoPackage or Shapefile: its columns say what a zone is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows
from etl.delivery.forms import Form, PropertyForm
from etl.delivery.recognise.charsets import charset_named
from etl.delivery.recognise.detecting import readings_of
from etl.delivery.recognise.naming import likeness
from etl.delivery.recognise.proposing import SURE, propose_mapping
from etl.delivery.recognise.sampling import take_sample
from etl.delivery.request import DeliveryRequest
from etl.delivery.shapes import Shapes
from etl.delivery.source import Source, read_pieces
from etl.delivery.values import Values
from etl.drafts.functions import code_in, code_named, figure, function_name, is_known, kind_of
from etl.drafts.grid import grid_of
from etl.drafts.zone import Draft, Unread, Zone
from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.geometry.envelope import Bounds
from gis_platform.layer import Geometry
from gis_platform.layer.text import Text
from layers.planning.drafts.columns import NUMBERS, TEXTS, also_called
from layers.zoning import LAYER as ZONING
from layers.zoning import THEMES

_ZONES = replace(
    ZONING,
    properties=tuple(replace(each, aliases=also_called(each)) for each in ZONING.properties),
)
_NAMED = 0.9
PROPERTIES = (*TEXTS, *NUMBERS)
_OF_VALUES = frozenset({"wrong_encoding", "text_unreadable", "wrong_value"})
_KINDS = {"land_function": "zone", "road_reserve": "road"}


def read_table(
    draft: Draft, source: Source, request: DeliveryRequest, city: City, in_force: Bounds | None
) -> None:
    """Add the zones of one layer of a file to a draft, and what of it could not be read.

    Raises `DeliveryRefused` or `BadParameter` where the layer cannot be read at all.
    """
    sample = take_sample(source)
    grid = grid_of(source, request, city, sample.shapes, in_force)
    columns = _columns(source, request, sample)
    forced = None if request.encoding is None else charset_named(request.encoding)
    faults = Faults(source.name)
    values = Values(source.codec, city.timezone, faults, readings_of(sample.columns, source.codec, forced))
    shapes = Shapes(
        Geometry.MULTIPOLYGON, grid["srid"], city.working_srid, city.envelope.as_tuple(), faults, in_force
    )
    first, before = 1, len(draft.zones)
    for piece in read_pieces(source, list(columns.values()), None, areas=True):
        rows = Rows(first, piece.fids)
        told = {
            name: values.take(piece.columns[column], column, _as_text(name), rows).to_pylist()
            for name, column in columns.items()
        }
        taken = shapes.take(piece.geometry, rows)
        draft.zones += _zones(draft, source, told, taken, rows)
        first += len(piece.fids)
    leave_faults(draft, faults, lambda fid: (source.layer, str(fid)))
    draft.grid = draft.grid or grid
    draft.layers.append(
        {"name": source.layer, "zones": len(draft.zones) - before, "columns": columns, "grid": grid["srid"]}
    )


def sound(taken: pa.Array) -> NDArray[np.intp]:
    """Places of the geometries of a batch that can be used: what is broken is a fault of its row."""
    return np.flatnonzero(shapely.is_valid(shapely.from_wkb(taken.to_numpy(zero_copy_only=False))))


def leave_faults(draft: Draft, faults: Faults, named: Callable[[int], tuple[str, str]]) -> None:
    """Note the faults of rows: those that are kept one by one, and how many there are of each.

    named: from the fid of a row to the layer and the name by which a person finds it.
    """
    left = faults.counts.copy()
    for fault in faults.kept():
        kind = "value" if fault.code in _OF_VALUES else "area"
        draft.leave(Unread(*named(fault.fid or 0), kind, fault.code, Text(fault.vi, fault.en)))
        left[fault.code] -= 1
    for code, count in left.items():
        draft.unread_counts[code] = draft.unread_counts.get(code, 0) + count


def _columns(source: Source, request: DeliveryRequest, sample: Any) -> dict[str, str]:
    """Property to column: as it was said, and else as it is surely recognised."""
    for name, column in request.columns.items():
        if name not in PROPERTIES or column not in source.fields:
            what = f"There is no property {name!r} or no column {column!r}."
            raise BadParameter(
                what,
                parameter="columns",
                detail_vi=f"Tệp không có cột “{column}”, hoặc không có mục “{name}”.",
            )
    proposal = propose_mapping(_ZONES, source.fields, sample)
    sure = {
        each.property: each.column
        for each in proposal.columns
        if each.property in PROPERTIES and each.confidence >= SURE
    }
    # Figures are often texts, which speak against a name: 60 %, 2-5 tầng.
    for name in (name for name in NUMBERS if name not in sure):
        left = [column for column in source.fields if column not in sure.values()]
        named = [(likeness(_ZONES.property_named(name), column).score, column) for column in left]
        if named and max(named)[0] >= _NAMED:
            sure[name] = max(named)[1]
    return {name: column for name, column in (sure | dict(request.columns)).items() if name is not None}


def _as_text(name: str) -> PropertyForm:
    return PropertyForm(name, Form.TEXT, 32, required=False, default=None, choices={})


def _zones(
    draft: Draft, source: Source, told: Mapping[str, list[str | None]], taken: pa.Array, rows: Rows
) -> Iterator[Zone]:
    for at in sound(taken).tolist():
        row = {name: values[at] for name, values in told.items()}
        element = str(int(rows.fids[at]))
        numbers = _numbers(draft, source.layer, element, row)
        yield Zone(
            file_layer=source.layer,
            row_no=rows.first + at,
            element=element,
            geom=taken[at].as_py(),
            code=row.get("code"),
            title=row.get("title"),
            **_function(row, source.layer),
            **numbers,
        )


def _function(row: Mapping[str, str | None], layer: str) -> dict[str, Any]:
    code, name, title = row.get("function_code"), row.get("function_name"), row.get("title")
    found, origin = code, "column"
    if code is None or not is_known(code):
        for text, whence in ((code, "column"), (row.get("code"), "column"), (layer, "layer")):
            if (other := code_in(text)) is not None:
                found, origin = other, whence
                break
        else:
            # A column of codes may hold names; a code of no list stays what it is.
            for text in (code,) if code is not None else (name, title, layer):
                if (other := code_named(text)) is not None:
                    found, origin = other, "name"
                    break
    theme = _theme(row.get("theme"))
    return {
        "function_code": found,
        "function_name": name or function_name(found),
        "function_from": origin if found is not None else "none",
        "function_known": is_known(found),
        "kind": theme or kind_of(found, name, title, layer),
    }


def _theme(text: str | None) -> str | None:
    known = {value: value for value in THEMES} | {title.vi: value for value, title in THEMES.items()}
    theme = known.get(text or "")
    return None if theme is None else _KINDS.get(theme, theme)


def _numbers(draft: Draft, layer: str, element: str, row: Mapping[str, str | None]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name in NUMBERS:
        text = row.get(name)
        value = None if text is None else figure(name, text)
        if text is not None and value is None:
            title = ZONING.property_named(name).title
            what = Text(
                f"“{text[:60]}” không phải giá trị của “{title.vi}”; coi như không nêu.",
                f"{text[:60]!r} is no value of {title.en}; taken as not stated.",
            )
            draft.leave(Unread(layer, element, "value", "wrong_value", what))
        read[name] = int(value) if value is not None and name.startswith("floors") else value
    return read
