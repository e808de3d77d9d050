"""Which file column is which property: what a person said, then what is saved, then names that are known."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from etl.delivery.faults import Faults
from etl.delivery.recognise.saved import DeliveryMapping, KeptMapping
from etl.delivery.request import DeliveryRequest
from gis_platform.city import City, SavedMapping
from gis_platform.errors import BadParameter
from gis_platform.folding import fold
from gis_platform.layer import SOURCE_DATE, Layer

#: How alike two names must be, case and accents apart, for one to be suggested for the other.
_NEAR = 0.75
#: Set from the request for every row; a file column of that name is left out.
_FROM_REQUEST = SOURCE_DATE.name


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file of a source is read before its columns are looked at: what is saved, and under which name.

    ``named`` is True when the person asked for it; else it is a guess that a file may fail to fit.
    """

    source: str | None
    saved: SavedMapping
    named: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """Properties with their file column or their one value; what is not here is not delivered."""

    columns: Mapping[str, str]
    constants: Mapping[str, str]

    @property
    def delivered(self) -> frozenset[str]:
        """Properties the delivery speaks of."""
        return frozenset(self.columns) | frozenset(self.constants)


def find_reading(city: City, layer: Layer, request: DeliveryRequest) -> Reading:
    """The mapping file when given, else the mapping saved for the source, or for the only source known.

    The one that stewards saved, which the request brings, goes before those of the city's profile.
    Raises `BadParameter` for a source that is not among those known for the layer.
    """
    if request.mapping_file is not None:
        return Reading(request.source, read_mapping(request.mapping_file), named=True)
    if request.mapping is not None:
        kept = KeptMapping.model_validate(request.mapping)
        return Reading(kept.source, kept, named=request.source is not None)
    saved = city.mapping(layer.name, request.source)
    known = city.mappings.get(layer.name, {})
    if saved is None and request.source is not None and known:
        raise BadParameter(
            f"The source {request.source!r} is not known for {layer.name} of {city.title_en}. Known: "
            f"{', '.join(sorted(known))}. Leave --source out, or say with --mapping how its files are read.",
            parameter="source",
            detail_vi=f"Nguồn “{request.source}” chưa được khai báo cho lớp {layer.title.vi}. Các nguồn đã "
            f"khai báo: {', '.join(sorted(known))}.",
        )
    if saved is None:
        return Reading(request.source, SavedMapping(), named=False)
    if request.source is not None:
        return Reading(request.source, saved, named=True)
    return Reading(next(iter(city.mappings[layer.name])), saved, named=False)


def read_mapping(path: Path) -> DeliveryMapping:
    """A mapping from a TOML file. Raises `BadParameter` when it is not one."""
    try:
        return DeliveryMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as fault:
        raise BadParameter(f"The mapping {path} cannot be used: {fault}", parameter="mapping") from fault


def fitting(reading: Reading, fields: Iterable[str], layers: Iterable[str]) -> Reading:
    """The same, or no saved mapping where a guessed one does not fit the file."""
    saved = reading.saved
    fits = set(saved.columns.values()) <= set(fields) and saved.file_layer in (None, *layers)
    return reading if fits or reading.named else replace(reading, source=None, saved=SavedMapping())


def assign(
    layer: Layer, fields: tuple[str, ...], saved: SavedMapping, request: DeliveryRequest, faults: Faults
) -> Assignment:
    """Give each property its column; what does not work out is noted as a fault.

    Raises:
        BadParameter: ``--map`` or ``--set`` names no property of the layer.
    """
    _known_properties(layer, request)
    constants = {**saved.constants, **request.constants}
    for name in request.columns:
        constants.pop(name, None)
    columns: dict[str, str] = {}
    for name, column in {**saved.columns, **request.columns}.items():
        if name in request.constants and name not in request.columns:
            continue
        if column in fields:
            columns[name] = column
        else:
            faults.in_file(
                "missing_column",
                f"there is no column {column!r} for {name}{_near(column, fields)} "
                f"It has {', '.join(fields) or 'no columns'}. Say another with --map {name}=COLUMN.",
                f"Tệp không có cột “{column}”, là cột đã khai báo cho “{_title_vi(layer, name)}”.",
            )
    left = [f for f in fields if f not in columns.values() and f not in {*saved.ignore, *request.ignore}]
    open_names = [p.name for p in layer.properties if p.name not in {*columns, *constants, _FROM_REQUEST}]
    for exactly in (True, False):
        for name in [n for n in open_names if n not in columns]:
            found = [f for f in left if _means(layer, name, f, exactly=exactly)]
            if len(found) > 1:
                faults.in_file(
                    "unclear_column",
                    f"columns {' and '.join(found)} could both be {name}: say which with --map {name}=COLUMN "
                    "and leave the other out with --ignore.",
                    f"Các cột {', '.join(found)} đều có thể là “{_title_vi(layer, name)}”: chọn một cột.",
                )
            left = [f for f in left if f not in found]
            columns.update({name: found[0]} if found else {})
    for unknown in [f for f in left if f != _FROM_REQUEST]:
        twice = next((name for name in constants if _means(layer, name, unknown, exactly=False)), None)
        if twice is None:
            told_vi = f"Chưa biết cột “{unknown}” là thông tin gì."
            faults.in_file("unknown_column", _unknown(layer, unknown), told_vi)
        else:
            origin = "--set" if twice in request.constants else "the saved mapping"
            told_vi = (
                f"“{_title_vi(layer, twice)}” vừa ghi chung cho cả tệp vừa có ở cột “{unknown}”: chọn một."
            )
            faults.in_file("unclear_column", _said_twice(twice, unknown, origin), told_vi)
    _require(layer, frozenset(columns) | frozenset(constants), fields, faults)
    return Assignment(columns, constants)


def _known_properties(layer: Layer, request: DeliveryRequest) -> None:
    names = [p.name for p in layer.properties if p.name != _FROM_REQUEST]
    for option, given in (("--map", request.columns), ("--set", request.constants)):
        for name in given:
            if name not in names:
                raise BadParameter(
                    f"{option} {name}: {layer.name} has no such property{_near(name, names)} It has "
                    f"{', '.join(names)}; the source's date is given with --source-date.",
                    parameter=option.strip("-"),
                    detail_vi=f"Lớp {layer.title.vi} không có thông tin nào tên “{name}”.",
                )
    both = sorted(set(request.columns) & set(request.constants))
    if both:
        raise BadParameter(f"{both[0]} has both --map and --set: give one.", parameter="set")


def _means(layer: Layer, name: str, column: str, *, exactly: bool) -> bool:
    if exactly:
        return column == name
    return _bare(column) in {_bare(alias) for alias in (name, *layer.property_named(name).aliases)}


def _bare(name: str) -> str:
    return fold(name).replace(" ", "")


def _said_twice(name: str, column: str, origin: str) -> str:
    which = "the file's column" if column == name else f"the file's column {column}"
    instead = f"drop --set {name}" if origin == "--set" else f"take the column with --map {name}={column}"
    return (
        f"{name} comes both from {origin} and from {which}: leave the column out with --ignore {column}, "
        f"or {instead}."
    )


def _unknown(layer: Layer, column: str) -> str:
    words = {_bare(alias): p.name for p in layer.properties for alias in (p.name, *p.aliases)}
    guess = _alike(column, words)
    cure = f"Is it {guess}? Say so" if guess else "Say what it is"
    return (
        f"column {column!r} is not known. {cure} with --map {guess or 'PROPERTY'}={column}, "
        f"or leave it out with --ignore {column}."
    )


def _require(layer: Layer, delivered: frozenset[str], fields: tuple[str, ...], faults: Faults) -> None:
    for p in layer.properties:
        column = layer.column(p.name)
        optional = column.nullable or column.server_default is not None
        if p.name in delivered or optional or p.name == _FROM_REQUEST:
            continue
        known = ", ".join(p.aliases) or "none"
        faults.in_file(
            "missing_column",
            f"no column holds {p.name} ({p.title.en}), which every row needs. Other names known for it: "
            f"{known}. The file has {', '.join(fields) or 'no columns'}. Say which it is with "
            f"--map {p.name}=COLUMN, or give one value for all rows with --set {p.name}=VALUE.",
            f"Chưa có cột nào cho “{p.title.vi}”, là thông tin bắt buộc.",
        )


def _title_vi(layer: Layer, name: str) -> str:
    return layer.property_named(name).title.vi


def _near(name: str, known: Iterable[str]) -> str:
    near = _alike(name, {_bare(each): each for each in known})
    return f"; is it {near}?" if near else "."


def _alike(name: str, words: Mapping[str, str]) -> str | None:
    """What the word most like the name stands for; None where none is near."""
    near = get_close_matches(_bare(name), words, n=1, cutoff=_NEAR)
    return words[near[0]] if near else None
