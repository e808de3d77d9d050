"""Drawings as a planner's program saves them: group codes and values, written here word for word."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import shapely

Point = tuple[float, float]


@dataclass
class Drawing:
    """Entities of a drawing, each with a handle of its own."""

    entities: list[str] = field(default_factory=list)
    made: int = 0x100

    def line(self, layer: str, points: Iterable[Point], *, closed: bool = True, paper: bool = False) -> str:
        """A light-weight polyline; its handle."""
        corners = list(points)
        told = [*self._head("LWPOLYLINE", layer, "AcDbPolyline", paper=paper), ("90", len(corners))]
        told += [
            ("70", int(closed)),
            *((code, value) for p in corners for code, value in zip(("10", "20"), p, strict=True)),
        ]
        return self._add(told)

    def area(self, layer: str, shape: shapely.Polygon) -> str:
        """The edge of a polygon as a closed line; its handle."""
        return self.line(layer, [(x, y) for x, y in shapely.get_coordinates(shape.exterior)[:-1].tolist()])

    def hatch(self, layer: str, shape: shapely.Polygon) -> str:
        """A polygon filled, holes and all; its handle."""
        rings = [shape.exterior, *shape.interiors]
        told = [*self._head("HATCH", layer, "AcDbHatch"), ("10", 0.0), ("20", 0.0), ("30", 0.0)]
        told += [
            ("210", 0.0),
            ("220", 0.0),
            ("230", 1.0),
            ("2", "SOLID"),
            ("70", 1),
            ("71", 0),
            ("91", len(rings)),
        ]
        for at, ring in enumerate(rings):
            corners = shapely.get_coordinates(ring)[:-1].tolist()
            told += [("92", 3 if at == 0 else 2), ("72", 0), ("73", 1), ("93", len(corners))]
            told += [(code, value) for p in corners for code, value in zip(("10", "20"), p, strict=True)]
            told += [("97", 0)]
        return self._add([*told, ("75", 0), ("76", 1), ("98", 0)])

    def text(self, layer: str, place: Point, words: str) -> str:
        """A text of one line; its handle."""
        told = [
            *self._head("TEXT", layer, "AcDbText"),
            ("10", place[0]),
            ("20", place[1]),
            ("40", 2.5),
            ("1", words),
        ]
        return self._add([*told, ("100", "AcDbText")])

    def other(self, kind: str, layer: str) -> str:
        """An entity of a kind that nobody reads; its handle."""
        return self._add(self._head(kind, layer, "AcDbModelerGeometry"))

    def write(self, path: Path, *, code_page: str = "ANSI_1258", version: str = "AC1021") -> Path:
        """The file. From AC1021 on texts are UTF-8."""
        head = [
            "0",
            "SECTION",
            "2",
            "HEADER",
            "9",
            "$ACADVER",
            "1",
            version,
            "9",
            "$DWGCODEPAGE",
            "3",
            code_page,
            "0",
            "ENDSEC",
        ]
        lines = [*head, "0", "SECTION", "2", "ENTITIES", *self.entities, "0", "ENDSEC", "0", "EOF", ""]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def _head(self, kind: str, layer: str, marker: str, *, paper: bool = False) -> list[tuple[str, object]]:
        self.made += 1
        told: list[tuple[str, object]] = [("0", kind), ("5", f"{self.made:X}"), ("100", "AcDbEntity")]
        return [*told, *([("67", 1)] if paper else []), ("8", layer), ("100", marker)]

    def _add(self, told: list[tuple[str, object]]) -> str:
        for code, value in told:
            self.entities += [code, f"{value:.4f}" if isinstance(value, float) else str(value)]
        return f"{self.made:X}"
