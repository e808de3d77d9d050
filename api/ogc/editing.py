"""OGC API Features Part 4: create, replace, update and delete one feature, or try it out with ``dry_run``."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentSettings
from api.ogc.writing_answers import ANSWERS, body_of, written_answer
from api.ogc.writing_rules import (
    MERGE_PATCH,
    WrittenLayer,
    allowed_methods,
    parse_valid_from,
    plain_uri,
    refuse_method,
    require_media_type,
    require_writable,
)
from api.parameters import parse_feature_id
from gis_platform.access.caller import Caller
from gis_platform.editing.faults import Faults
from gis_platform.editing.feature import Draft, Kind, Reader
from gis_platform.editing.locking import read_if_match
from gis_platform.editing.trial import refused, try_out
from gis_platform.editing.writing import Write, keep_record, store
from gis_platform.errors import BadParameter, NotFound
from gis_platform.geometry.output_crs import CRS84, crs_by_uri
from gis_platform.layer.declaration import Layer

_PATH = "/ogc/collections/{collection}/items"
router = APIRouter(tags=["OGC API"])

Feature = Annotated[str, Path(description="Id of the feature.")]


class Asked:
    """What the writes share: who asks, which layer, and the parameters of each."""

    def __init__(
        self,
        request: Request,
        caller: CurrentCaller,
        city: CurrentCity,
        settings: CurrentSettings,
        database: CurrentDatabase,
        layer: WrittenLayer,
        valid_from: Annotated[
            str | None,
            Query(max_length=40, description="Day from which it is so, on layers with history; else today."),
        ] = None,
        dry_run: Annotated[
            Literal["true", "false"], Query(description="true: answer what would happen, store nothing.")
        ] = "false",
        content_crs: Annotated[
            str | None,
            Header(max_length=200, description="URI of the system of the coordinates; else CRS84."),
        ] = None,
    ) -> None:
        self.request, self.caller, self.city, self.database = request, caller, city, database
        self.layer = layer
        self.base = f"{settings.address}/ogc/collections/{self.layer.name}/items"
        self.dry_run = dry_run == "true"
        self._valid_from, self._content_crs = valid_from, content_crs

    async def write(self, kind: Kind, feature: str | None = None, if_match: str | None = None) -> Response:
        """Check, read, store and answer; committed before the answer leaves."""
        layer, city = self.layer, self.city
        require_writable(layer, self.caller, one=feature is not None)
        tags = () if feature is None else read_if_match(if_match)
        day, dated = parse_valid_from(self._valid_from, layer, city)
        number = None if feature is None else self._number(feature)
        faults, draft = Faults(), Draft()
        if kind != "delete":
            require_media_type(self.request.method, self.request.headers)
            crs = CRS84
            if self._content_crs is not None:
                crs = crs_by_uri(plain_uri(self._content_crs), city.working_srid, "Content-Crs")
            reader = Reader(layer, self.caller.role, crs, city)
            draft = reader.read(await self.request.body(), kind, number, faults)
        if not self.dry_run:
            faults.refuse()
        elif faults.found:
            return JSONResponse(refused(kind, faults.found))
        write = Write(
            layer=layer,
            working_srid=city.working_srid,
            kind=kind,
            draft=draft,
            day=day,
            dated=dated,
            feature_id=number,
            tags=tags,
        )
        async with self.database.unit_of_work(self.caller) as work:
            if self.dry_run:
                return JSONResponse(await try_out(work, write))
            written = await store(work, write)
            await keep_record(work, write, written)
        return written_answer(kind, written, self.base)

    def _number(self, feature: str) -> int:
        try:
            return parse_feature_id(feature, "feature")
        except BadParameter:
            raise NotFound(
                f"{self.layer.name} has no feature {feature[:40]!r}.", parameter="feature"
            ) from None


Writing = Annotated[Asked, Depends(Asked)]
IfMatch = Annotated[
    str | None,
    Header(max_length=1000, description="ETag of the feature as it was read; a change without it is a 428."),
]


@router.post(_PATH, status_code=201, responses=ANSWERS["create"], openapi_extra=body_of())
async def create_feature(asked: Writing) -> Response:
    """Add a feature; its address is in Location."""
    return await asked.write("create")


@router.put(_PATH + "/{feature}", responses=ANSWERS["change"], openapi_extra=body_of())
async def replace_feature(asked: Writing, feature: Feature, if_match: IfMatch = None) -> Response:
    """Replace what the caller sees of a feature; what is left out becomes empty."""
    return await asked.write("replace", feature, if_match)


@router.patch(_PATH + "/{feature}", responses=ANSWERS["change"], openapi_extra=body_of(MERGE_PATCH))
async def update_feature(asked: Writing, feature: Feature, if_match: IfMatch = None) -> Response:
    """Change some properties, or the geometry, of a feature; the rest stays."""
    return await asked.write("update", feature, if_match)


@router.delete(_PATH + "/{feature}", status_code=204, responses=ANSWERS["delete"])
async def delete_feature(asked: Writing, feature: Feature, if_match: IfMatch = None) -> Response:
    """Take a feature away; on layers with history its version is closed and kept."""
    return await asked.write("delete", feature, if_match)


@router.api_route(_PATH, methods=["OPTIONS", "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def options_of_features(request: Request, layer: WrittenLayer, caller: CurrentCaller) -> Response:
    """What may be done with the features of a collection."""
    return _options(request, layer, caller, one=False)


@router.api_route(_PATH + "/{feature}", methods=["OPTIONS", "POST"], include_in_schema=False)
async def options_of_feature(request: Request, layer: WrittenLayer, caller: CurrentCaller) -> Response:
    """What may be done with one feature."""
    return _options(request, layer, caller, one=True)


def _options(request: Request, layer: Layer, caller: Caller, *, one: bool) -> Response:
    if request.method != "OPTIONS":
        raise refuse_method(request.method, layer, caller, one=one)
    return Response(status_code=204, headers={"Allow": allowed_methods(layer, caller, one=one)})
