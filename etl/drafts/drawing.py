"""A draft as a drawing: closed lines and hatches are zones; their layer, or a text in them, says what for."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows
from etl.delivery.request import DeliveryRequest
from etl.delivery.shapes import Shapes
from etl.delivery.source import Source
from etl.drafts.elements import Elements, read_elements
from etl.drafts.functions import code_in, code_named, figures_in, function_name, is_known, kind_of
from etl.drafts.grid import grid_of
from etl.drafts.left import is_frame, leave_rest
from etl.drafts.missed import entities_missed
from etl.drafts.tables import leave_faults, sound
from etl.drafts.zone import Draft, Unread, Zone
from gis_platform.city import City
from gis_platform.geometry.envelope import Bounds
from gis_platform.layer import Geometry
from gis_platform.layer.text import Text

Places = NDArray[np.intp]
_MM: Final = 1e-3


def read_drawing(
    draft: Draft,
    source: Source,
    request: DeliveryRequest,
    leave_out: frozenset[str],
    city: City,
    in_force: Bounds | None,
) -> None:
    """Add the zones of a drawing to a draft, and a note of each element that became none.

    Raises `DeliveryRefused` or `BadParameter` where the drawing cannot be read at all.
    """
    faults = Faults(source.name)
    held = read_elements(source, request.encoding, city.timezone, faults)
    out = np.array([layer in leave_out or is_frame(layer) for layer in held.layers], bool) | held.on_paper
    areas = np.flatnonzero(held.are_areas & ~out)
    said = _texts_in(held, areas, np.flatnonzero(held.are_texts & ~held.on_paper))
    if len(areas):
        _add_zones(
            draft,
            held,
            areas,
            said,
            grid_of(source, request, city, held.shapes[areas], in_force),
            faults,
            city,
            in_force,
        )
    leave_faults(draft, faults, lambda place: (held.layers[place], held.names[place]))
    used = {which for texts in said.values() for which in texts}
    leave_rest(draft, held, out, used, leave_out)
    if source.file.driver == "DXF":
        for missed in entities_missed(Path(source.file.place), frozenset(held.names)):
            draft.leave(missed)


def _add_zones(
    draft: Draft,
    held: Elements,
    areas: Places,
    said: dict[int, list[int]],
    grid: dict[str, Any],
    faults: Faults,
    city: City,
    in_force: Bounds | None,
) -> None:
    functions = {which: _function(held, which, said.get(which, [])) for which in areas.tolist()}
    chosen = _without_twins(draft, held, areas, functions)
    shapes = Shapes(
        Geometry.MULTIPOLYGON, grid["srid"], city.working_srid, city.envelope.as_tuple(), faults, in_force
    )
    wkb = pa.array(shapely.to_wkb(held.shapes[chosen]), pa.large_binary())
    taken = shapes.take(wkb, Rows(1, chosen.astype(np.int64)))
    counts: dict[str, int] = {}
    for at in sound(taken).tolist():
        which = int(chosen[at])
        layer = held.layers[which]
        draft.zones.append(
            Zone(
                file_layer=layer,
                row_no=which + 1,
                element=held.names[which],
                geom=taken[at].as_py(),
                **functions[which],
            )
        )
        counts[layer] = counts.get(layer, 0) + 1
    draft.grid = grid
    draft.layers += [
        {"name": name, "zones": count, "columns": {}, "grid": grid["srid"]}
        for name, count in sorted(counts.items())
    ]


def _texts_in(held: Elements, areas: Places, texts: Places) -> dict[int, list[int]]:
    """The texts of each area; one that stands in several belongs to the smallest."""
    if not len(areas) or not len(texts):
        return {}
    tree = shapely.STRtree(held.shapes[texts])
    area, text = tree.query(held.shapes[areas], predicate="contains")
    sizes = shapely.area(held.shapes[areas])
    smallest: dict[int, int] = {}
    for each in np.argsort(-sizes[area], kind="stable").tolist():
        smallest[int(texts[text[each]])] = int(areas[area[each]])
    found: dict[int, list[int]] = {}
    for which, home in sorted(smallest.items()):
        found.setdefault(home, []).append(which)
    return found


def _function(held: Elements, which: int, texts: list[int]) -> dict[str, Any]:
    """What an area is for: by the code in its layer's name, in a text, or by a name that is known."""
    layer, words = held.layers[which], [held.texts[text] or "" for text in texts]
    code, origin = code_in(layer), "layer"
    if code is None:
        code, origin = next((found for found in map(code_in, words) if found), None), "text"
    if code is None:
        code, origin = next((found for found in map(code_named, (layer, *words)) if found), None), "name"
    numbers: dict[str, Any] = {}
    for text in words:
        numbers |= figures_in(text)
    if "floors_max" in numbers:
        numbers["floors_max"] = int(numbers["floors_max"])
    return {
        "kind": kind_of(code, layer, *words),
        "title": " · ".join(words)[:200] or None,
        "function_code": code,
        "function_name": function_name(code),
        "function_from": origin if code else "none",
        "function_known": is_known(code),
        **numbers,
    }


def _without_twins(draft: Draft, held: Elements, areas: Places, functions: dict[int, Any]) -> Places:
    """A hatch and its edge are drawn apart and are one zone: the one of which more is known is taken."""
    shapes = shapely.to_wkb(
        shapely.normalize(shapely.set_precision(held.shapes[areas], _MM, mode="pointwise"))
    )
    first: dict[bytes, int] = {}
    for which, shape in zip(areas.tolist(), shapes, strict=True):
        other = first.get(shape)
        if other is None or (functions[which]["function_known"] and not functions[other]["function_known"]):
            first[shape] = which
    for which, shape in zip(areas.tolist(), shapes, strict=True):
        taken = first[shape]
        if taken != which:
            words = Text(
                f"Trùng khít với vùng {held.names[taken]} trên lớp {held.layers[taken]}; chỉ tính một lần.",
                f"The very shape of area {held.names[taken]} on layer {held.layers[taken]}; counted once.",
            )
            draft.leave(
                Unread(held.layers[which], held.names[which], held.kinds[which], "drawn_twice", words)
            )
    return np.array(sorted(first.values()), np.intp)
