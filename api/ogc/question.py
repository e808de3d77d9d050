"""What a request for features asks: which, of what time, in which order, system and form, and how many."""

from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer
from starlette.datastructures import QueryParams

from api.ogc.box import parse_box
from api.ogc.times import parse_times, require_plain
from api.parameters import DEFAULT_LIMIT, parse_date, parse_limit, parse_moment, strict_number, strict_whole
from api.problem_words import no_such_parameter, not_usable
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.errors import BadParameter
from gis_platform.filtering import FilterLanguage, compile_filter
from gis_platform.folding import nfc
from gis_platform.geometry.output_crs import CRS84, crs_by_uri
from gis_platform.layer.declaration import Layer
from gis_platform.serving.condition import Condition
from gis_platform.serving.cursor import read_cursor
from gis_platform.serving.filterable import filterable
from gis_platform.serving.rows import equal_to
from gis_platform.serving.selection import Selection, SortKey

OWN = (
    "limit",
    "after",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "as_of",
    "known_at",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
    "f",
    "lang",
)
LANGUAGES: tuple[FilterLanguage, ...] = get_args(FilterLanguage)
_MOST_KEYS = 4
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class ItemsQuestion:
    """A validated question.

    Attributes:
        start: the values of the page's start; empty on a first page.
        ad_hoc: made of a filter, an order or a choice of properties: not worth keeping prepared, and not
            known to be cheap.
    """

    selection: Selection
    limit: int
    start: dict[str, object]
    ad_hoc: bool

    def bound(self) -> dict[str, object]:
        """The parameters of the statement."""
        return {**self.selection.parameters, **self.start, "limit": self.limit}


def parse_items_question(asked: QueryParams, layer: Layer, role: Role, city: City) -> ItemsQuestion:
    """Read the query; every fault is a 400 that names its parameter."""
    require_plain(asked)
    equal = _equalities(asked, layer, role)
    conditions = [*equal]
    box = parse_box(asked, city)
    if box is not None:
        conditions.append(box)
    told = _filter(asked, layer, role, city)
    if told is not None:
        conditions.append(told)
    times = parse_times(asked, layer, city)
    selection = Selection(
        layer=layer,
        role=role,
        working_srid=city.working_srid,
        out=crs_by_uri(asked["crs"], city.working_srid) if "crs" in asked else CRS84,
        conditions=tuple(conditions),
        at=times.at if times else None,
        since=times.since if times else None,
        order=_order(asked["sortby"], layer, role) if "sortby" in asked else (),
        properties=_properties(asked["properties"], layer, role) if "properties" in asked else None,
    )
    return ItemsQuestion(
        selection=selection,
        limit=parse_limit(asked["limit"]) if "limit" in asked else DEFAULT_LIMIT,
        start=read_cursor(asked["after"], selection) if "after" in asked else {},
        ad_hoc=told is not None or bool(selection.order) or selection.properties is not None,
    )


def _equalities(asked: QueryParams, layer: Layer, role: Role) -> list[Condition]:
    known = set(filterable(layer, role)) - set(OWN)
    for name in asked:
        if name not in OWN and name not in known:
            taken = ", ".join([*OWN, *sorted(known)])
            raise BadParameter(
                f"{layer.name} takes no parameter {name[:40]!r}. It takes: {taken}.",
                parameter=name[:40],
                detail_vi=no_such_parameter(name[:40], [*OWN, *sorted(known)]),
            )
    return [equal_to(layer, name, _value(layer, name, asked[name])) for name in sorted(known & set(asked))]


def _filter(asked: QueryParams, layer: Layer, role: Role, city: City) -> Condition | None:
    language = asked.get("filter-lang", "cql2-text")
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadParameter(
            f"filter-lang must be one of {known}; it was {language[:40]!r}.", parameter="filter-lang"
        )
    crs = crs_by_uri(asked["filter-crs"], city.working_srid, "filter-crs") if "filter-crs" in asked else CRS84
    if "filter" not in asked:
        return None
    return compile_filter(
        asked["filter"],
        language,
        layer,
        role,
        filter_srid=None if crs == CRS84 else crs.srid,
        working_srid=city.working_srid,
    )


def _order(text: str, layer: Layer, role: Role) -> tuple[SortKey, ...]:
    keys = []
    sortable = sortable_names(layer, role)
    for part in text.split(","):
        # A plus in a query string arrives as a blank.
        name = part.strip().lstrip("+").removeprefix("-")
        if name not in sortable:
            known = ", ".join(sortable)
            raise BadParameter(
                f"sortby cannot use {part.strip()[:40]!r}. {layer.name} sorts by: {known}; -name sorts down.",
                parameter="sortby",
            )
        keys.append(SortKey(name, descending=part.strip().startswith("-")))
    if len(keys) > _MOST_KEYS or len({key.name for key in keys}) < len(keys):
        raise BadParameter(f"sortby takes up to {_MOST_KEYS} properties, each once.", parameter="sortby")
    return tuple(keys)


def sortable_names(layer: Layer, role: Role) -> list[str]:
    """Properties that have an order: all that are asked for by plain value."""
    return list(filterable(layer, role))


def _properties(text: str, layer: Layer, role: Role) -> tuple[str, ...]:
    seen = [p.name for p in layer.properties_for(role)]
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    for name in wanted:
        if name not in seen:
            raise BadParameter(
                f"{layer.name} has no property {name[:40]!r}. It has: {', '.join(seen)}.",
                parameter="properties",
            )
    return tuple(name for name in seen if name in wanted)


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
        raise BadParameter(
            f"{name} cannot be {text[:40]!r}.",
            parameter=name,
            detail_vi=not_usable(name, text, "Hãy xem kiểu dữ liệu của thuộc tính này."),
        ) from None
    # Names are stored composed; phones and macOS send them taken apart.
    return nfc(text)
