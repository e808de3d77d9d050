"""The colours of a raster: named here, in a JSON file, or made from its values."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from etl.rasters.summary import Summary
from gis_platform.errors import BadParameter
from gis_platform.raster.entry import Kind
from gis_platform.raster.style import read_style

_MOST_BYTES = 100_000
#: From dark to light without a change of order for eyes that see red and green alike.
_SCALE = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
_CODES = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#994455")


def _step(value: float, color: str, vi: str, en: str) -> dict[str, Any]:
    return {"value": value, "color": color, "label_vi": vi, "label_en": en}


NAMED: dict[str, dict[str, Any]] = {
    # Classes of the US Salinity Laboratory (Agriculture Handbook 60), electrical conductivity of the extract.
    "soil_salinity": {
        "form": "steps",
        "reference": "USDA Agriculture Handbook 60: ECe 2, 4, 8, 16 dS/m",
        "entries": [
            _step(0, "#2c7fb8", "Không mặn (dưới 2)", "Non-saline (below 2)"),
            _step(2, "#a1dab4", "Mặn rất ít (2–4)", "Very slightly saline (2–4)"),
            _step(4, "#fed976", "Mặn ít (4–8)", "Slightly saline (4–8)"),
            _step(8, "#fd8d3c", "Mặn trung bình (8–16)", "Moderately saline (8–16)"),
            _step(16, "#bd0026", "Mặn nhiều (từ 16)", "Strongly saline (16 and above)"),
        ],
    },
    # For a delta: all of the relief lies within a few metres of the sea.
    "delta_elevation": {
        "form": "ramp",
        "entries": [
            {"value": value, "color": color}
            for value, color in (
                (-1, "#2b5c8a"),
                (0, "#4f9bbf"),
                (1, "#a8d5ba"),
                (2, "#e3ecae"),
                (4, "#e8c77a"),
                (8, "#a8643c"),
            )
        ],
    },
}


def style_for(
    palette: str | None, kind: Kind, summary: Summary, before: dict[str, Any] | None
) -> dict[str, Any]:
    """The style as JSON: what was asked for, else that of the version before, else one made from the values.

    Raises:
        BadParameter: the palette is unknown, or its file is wrong; the detail tells where.
    """
    if kind is Kind.ORTHOPHOTO:
        if palette is not None:
            raise BadParameter("An orthophoto is shown as it is and takes no --palette.", parameter="palette")
        return {"form": "picture"}
    if palette is not None:
        return _validated(NAMED[palette] if palette in NAMED else _from_file(palette), palette)
    return before or _made(kind, summary)


def _from_file(palette: str) -> dict[str, Any]:
    file = Path(palette)
    if not file.is_file() or file.stat().st_size > _MOST_BYTES:
        raise BadParameter(
            f"--palette {palette!r} is neither one of {', '.join(NAMED)} nor a small JSON file.",
            parameter="palette",
        )
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BadParameter(f"--palette {palette}: it is no JSON ({fault}).", parameter="palette") from fault
    return content


def _validated(content: Any, palette: str) -> dict[str, Any]:
    try:
        style = read_style(content)
    except (ValidationError, TypeError, ValueError) as fault:
        raise BadParameter(f"--palette {palette}: {fault}", parameter="palette") from fault
    if style.form == "picture":
        raise BadParameter(f"--palette {palette}: that form is for orthophotos.", parameter="palette")
    return style.model_dump(exclude_none=True, mode="json")


def _made(kind: Kind, summary: Summary) -> dict[str, Any]:
    figures = summary.statistics
    if kind is Kind.CLASS:
        entries = [
            {
                "value": float(code),
                "color": _CODES[i % len(_CODES)],
                "label_vi": f"Mã {code}",
                "label_en": f"Code {code}",
            }
            for i, code in enumerate(figures["codes"])
        ]
        return {"form": "classes", "entries": entries}
    low, high = figures["p2"], figures["p98"]
    if high <= low:
        low, high = low - 0.5, low + 0.5
    steps = len(_SCALE) - 1
    entries = [
        {"value": float(f"{low + (high - low) * i / steps:.6g}"), "color": color}
        for i, color in enumerate(_SCALE)
    ]
    return {"form": "ramp", "entries": entries}
