"""A sheet that is given out, set as PDF/A-2b: the same content at the same moment gives the same bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from web_map.extract.fonts import typeface
from web_map.extract.printable import printing


def set_sheet(template: Path, content: Mapping[str, Any], at: datetime, pictures: Mapping[str, str]) -> bytes:
    """The PDF of a template, which finds ``content`` as JSON and each of ``pictures``, an SVG, by its name.

    ``at`` is the moment that the document says it was made.

    Raises:
        Unavailable: the fonts are not installed.
    """
    printed = printing(typeface().characters)(content)
    return typst.compile(
        template,
        root=template.parent,
        font_paths=typeface().fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"content": json.dumps(printed, ensure_ascii=False), **pictures},
        pdf_standards=["a-2b"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )


def dated(written: str) -> str:
    """A day such as 22/11/2026 as an official paper is dated: ngày 22 tháng 11 năm 2026."""
    day, month, year = written.split("/")
    return f"ngày {day} tháng {month} năm {year}"
