"""Reads Mapbox vector tiles (specification 2.1): tests look into the bytes and not at their number."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class TileFeature:
    """A feature of a tile; ``parts`` are its points, lines or rings in the tile's own coordinates."""

    id: int | None
    properties: dict[str, Any]
    parts: list[list[tuple[int, int]]]

    @property
    def points(self) -> list[tuple[int, int]]:
        """All its vertices."""
        return [point for part in self.parts for point in part]


@dataclass(frozen=True, slots=True)
class TileLayer:
    """A layer of a tile."""

    name: str
    extent: int
    features: list[TileFeature]


def read_tile(content: bytes) -> dict[str, TileLayer]:
    """The layers of a tile by name."""
    layers = [_layer(bytes(value)) for field, value in _fields(content) if field == 3]
    return {layer.name: layer for layer in layers}


def _layer(content: bytes) -> TileLayer:
    name, extent = "", 4096
    keys: list[str] = []
    values: list[Any] = []
    features: list[bytes] = []
    for field, value in _fields(content):
        match field:
            case 1:
                name = value.decode()
            case 2:
                features.append(value)
            case 3:
                keys.append(value.decode())
            case 4:
                values.append(_value(value))
            case 5:
                extent = value
    return TileLayer(name, extent, [_feature(feature, keys, values) for feature in features])


def _feature(content: bytes, keys: list[str], values: list[Any]) -> TileFeature:
    number, tags, commands = None, [], []
    for field, value in _fields(content):
        match field:
            case 1:
                number = value
            case 2:
                tags = list(_varints(value))
            case 4:
                commands = list(_varints(value))
    pairs = zip(tags[::2], tags[1::2], strict=True)
    return TileFeature(number, {keys[k]: values[v] for k, v in pairs}, _parts(commands))


def _parts(commands: list[int]) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:  # close the ring: it takes no numbers
            continue
        if command == 1:  # move: a new part begins
            parts.append([])
        for _ in range(count):
            x, y, at = x + _signed(commands[at]), y + _signed(commands[at + 1]), at + 2
            parts[-1].append((x, y))
    return parts


def _value(content: bytes) -> Any:
    ((field, value),) = _fields(content)
    match field:
        case 1:
            return value.decode()
        case 2:
            return struct.unpack("<f", value)[0]
        case 3:
            return struct.unpack("<d", value)[0]
        case 4 | 5:
            return value
        case 6:
            return _signed(value)
        case _:
            return bool(value)


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(content):
        key, at = _varint(content, at)
        field, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(content, at)
            yield field, value
            continue
        if kind == _BYTES:
            size, at = _varint(content, at)
        else:
            size = {_FIXED64: 8, _FIXED32: 4}[kind]
        yield field, content[at : at + size]
        at += size


def _varints(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _varint(content, at)
        yield value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
