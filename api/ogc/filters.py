"""What a request for items asks: page, box, time, and properties by value."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer
from starlette.datastructures import QueryParams

from api.parameters import (
    DEFAULT_LIMIT,
    parse_bbox,
    parse_date,
    parse_feature_id,
    parse_limit,
    parse_moment,
    strict_number,
    strict_whole,
)
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.folding import nfc
from gis_platform.layer.declaration import Layer
from gis_platform.serving.boxes import box_wkt
from gis_platform.serving.statements import filterable

_OWN = frozenset({"limit", "after", "bbox", "f", "as_of", "known_at"})
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class ItemsQuestion:
    """A validated question; ``box`` is WKT in WGS 84, ``at`` is valid day and recorded moment."""

    limit: int
    after: int
    box: str | None
    at: tuple[date, datetime] | None
    equal: tuple[tuple[str, object], ...]

    @property
    def equal_names(self) -> tuple[str, ...]:
        """Properties asked for by value."""
        return tuple(name for name, _ in self.equal)

    def bound(self) -> dict[str, object]:
        """The parameters of the statement."""
        values: dict[str, object] = {"limit": self.limit, "after": self.after}
        if self.box is not None:
            values["box"] = self.box
        if self.at is not None:
            values["as_of"], values["known_at"] = self.at
        return values | {f"p_{name}": value for name, value in self.equal}


def parse_items_question(asked: QueryParams, layer: Layer, role: Role, city: City) -> ItemsQuestion:
    """Read the query; every fault is a 400 that names its parameter."""
    require_plain(asked)
    if asked.get("f", "json") not in ("json", "geojson"):
        raise BadParameter(f"f must be json; it was {asked['f'][:40]!r}.", parameter="f")
    known = set(filterable(layer, role))
    unknown = [name for name in asked if name not in _OWN and name not in known]
    if unknown:
        taken = ", ".join(sorted(_OWN | known))
        raise BadParameter(
            f"{layer.name} takes no parameter {unknown[0][:40]!r}. It takes: {taken}.",
            parameter=unknown[0][:40],
        )
    equal = tuple((name, _value(layer, name, asked[name])) for name in asked if name in known - _OWN)
    return ItemsQuestion(
        limit=parse_limit(asked["limit"]) if "limit" in asked else DEFAULT_LIMIT,
        after=parse_feature_id(asked["after"], "after") if "after" in asked else 0,
        box=box_wkt(parse_bbox(asked["bbox"]), city.envelope) if "bbox" in asked else None,
        at=parse_times(asked, layer, city),
        equal=equal,
    )


def require_plain(asked: QueryParams) -> None:
    """Raises BadParameter for what is given twice, and for what PostgreSQL keeps in no text."""
    for name in asked:
        if len(asked.getlist(name)) > 1:
            raise BadParameter(f"{name[:40]} is given more than once.", parameter=name[:40])
        if "\x00" in asked[name]:
            raise BadParameter(f"{name[:40]} holds a character that is no text.", parameter=name[:40])


def parse_times(asked: QueryParams, layer: Layer, city: City) -> tuple[date, datetime] | None:
    """The valid day and the recorded moment asked for; None where the present is."""
    given = [name for name in ("as_of", "known_at") if name in asked]
    if not given:
        return None
    if not layer.history:
        raise BadParameter(
            f"{layer.name} keeps no history: {given[0]} means nothing there.", parameter=given[0]
        )
    today = datetime.now(ZoneInfo(city.timezone)).date()
    as_of = parse_date(asked["as_of"], "as_of") if "as_of" in asked else today
    known_at = parse_moment(asked["known_at"], "known_at") if "known_at" in asked else datetime.now(UTC)
    return as_of, known_at


def _value(layer: Layer, name: str, text: str) -> object:
    kind: Any = layer.column(name).type
    try:
        if isinstance(kind, Boolean):
            return _TRUTH[text.lower()]
        if isinstance(kind, BigInteger | Integer):
            number = strict_whole(text)
            if not isinstance(kind, BigInteger) and abs(number) >= 2**31:
                raise ValueError(text)
            return number
        if isinstance(kind, Double):
            return strict_number(text)
        if isinstance(kind, Date):
            return parse_date(text, name)
        if isinstance(kind, DateTime):
            return parse_moment(text, name)
    except (ValueError, KeyError):
        raise BadParameter(f"{name} cannot be {text[:40]!r}.", parameter=name) from None
    # Names are stored composed; phones and macOS send them taken apart.
    return nfc(text)
