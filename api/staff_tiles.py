"""Vector tiles for the console's own maps: kept by nobody, addressed by zoom, column and row."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Response

from gis_platform.errors import NotFound

_MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_HEADERS = {"Cache-Control": "private, no-store"}


@dataclass(frozen=True, slots=True)
class Place:
    """A tile of web mercator."""

    z: int
    x: int
    y: int


def _place(
    z: Annotated[int, Path(ge=0, le=24, description="Zoom.")],
    x: Annotated[int, Path(ge=0, le=2**24 - 1, description="Column.")],
    y: Annotated[int, Path(ge=0, le=2**24 - 1, description="Row.")],
) -> Place:
    """The tile asked for.

    Raises:
        NotFound: the zoom has none there.
    """
    if x >= 2**z or y >= 2**z:
        raise NotFound(
            f"There is no tile {z}/{x}/{y}: row and column are below 2^zoom.",
            parameter="z",
            detail_vi=f"Không có mảnh {z}/{x}/{y}: hàng và cột phải nhỏ hơn 2^mức phóng.",
        )
    return Place(z, x, y)


AskedTile = Annotated[Place, Depends(_place)]


def tile_responses(nothing: str) -> dict[int | str, dict[str, Any]]:
    """What a route of tiles may answer; ``nothing`` says what an empty one means."""
    return {
        200: {"content": {_MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
        204: {"description": nothing},
    }


def tile_response(made: bytes | None) -> Response:
    """The tile, or that there is nothing."""
    if not made:
        return Response(None, 204, headers=_HEADERS)
    return Response(made, media_type=_MEDIA_TYPE, headers=_HEADERS)
