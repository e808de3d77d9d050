"""A GeoJSON Feature as sent, read for one layer and one role: known members, typed values, a usable shape."""

from dataclasses import dataclass, field
from typing import Any, Literal

from shapely.geometry.base import BaseGeometry

from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.editing.document import read_document
from gis_platform.editing.faults import Faults
from gis_platform.editing.shapes import NoShape, read_shape
from gis_platform.editing.values import NoValue, read_value
from gis_platform.errors import Forbidden
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.layer.declaration import Layer

Kind = Literal["create", "replace", "update", "delete"]

_OWN = frozenset({"type", "id", "geometry", "properties"})
# What answers add to a feature: a program may send back what it got. These are never stored.
_ANSWERED = frozenset({"links", "synthetic", "hidden", "hidden_rows", "hidden_rows_en", "bbox", "time"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be stored: values to bind, and the shape in the working grid where one was sent."""

    values: dict[str, object] = field(default_factory=dict)
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads features sent for a layer by a role, with coordinates in ``crs``."""

    layer: Layer
    role: Role
    crs: OutputCrs
    city: City

    def read(self, body: bytes, kind: Kind, feature_id: int | None, faults: Faults) -> Draft:
        """The draft; what cannot be used is added to the faults and left out.

        Raises:
            BadParameter: the body is no JSON object at all.
        """
        document = read_document(body)
        self._members(document, kind, feature_id, faults)
        sent = document.get("properties")
        if not isinstance(sent, dict):
            # Only a merge may say nothing of them, and GeoJSON writes "none" as null.
            if sent is not None or (kind != "update" and "properties" not in document):
                faults.add("properties", "properties must be an object.")
            sent = {}
        values = self._values(sent, faults)
        if kind != "update":
            self._require(sent, faults)
        return Draft(values, self._shape(document, kind, faults))

    def _members(self, document: dict[str, Any], kind: Kind, feature_id: int | None, faults: Faults) -> None:
        if document.get("type", "Feature" if kind == "update" else None) != "Feature":
            faults.add("type", "type must be Feature: one GeoJSON feature is written at a time.")
        for name in sorted(set(document) - _OWN - _ANSWERED):
            hint = " Name the system of the coordinates in the header Content-Crs." if name == "crs" else ""
            faults.add(name[:40], f"A feature has no member {name[:40]!r}.{hint}")
        # Who creates a feature does not choose its id; who changes one names the one of the address.
        if feature_id is not None and str(document.get("id", feature_id)) != str(feature_id):
            faults.add("id", f"id must be {feature_id}, as in the address, or be left out.")

    def _values(self, sent: dict[str, Any], faults: Faults) -> dict[str, object]:
        seen = {p.name: p for p in self.layer.properties_for(self.role)}
        hidden = {p.name for p in self.layer.hidden_from(self.role)}
        values: dict[str, object] = {}
        for name, value in sent.items():
            if name in hidden:
                detail = f"{name} is not shown to the role {self.role}, which cannot write it."
                faults.found.append(Forbidden(detail, parameter=name))
            elif name not in seen:
                known = ", ".join(seen)
                shown = name[:40]
                faults.add(shown, f"{self.layer.name} has no property {shown!r}. It has: {known}.")
            else:
                try:
                    values[name] = read_value(self.layer, seen[name], value)
                except NoValue as fault:
                    faults.add(name, f"{name} {fault}.")
        return values

    def _require(self, sent: dict[str, Any], faults: Faults) -> None:
        for prop in self.layer.properties_for(self.role):
            column = self.layer.column(prop.name)
            filled = column.nullable or column.server_default is not None or prop.name == "source_date"
            if prop.name not in sent and not filled:
                faults.add(prop.name, f"{prop.name} is missing and must have a value.")

    def _shape(self, document: dict[str, Any], kind: Kind, faults: Faults) -> BaseGeometry | None:
        if kind == "update" and "geometry" not in document:
            return None
        try:
            return read_shape(document.get("geometry"), self.layer.geometry, self.crs, self.city)
        except NoShape as fault:
            faults.add("geometry", str(fault))
            return None
