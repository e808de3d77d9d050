"""Documents of a case: sent as they are, one a request; given back as a download and never shown by the
server.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse

from api.cases.asking import NO_CASE, CaseCode, Documents, Staff
from api.dependencies import CurrentDatabase, Work
from gis_platform.casework.case import find_case, hold_case, require_handles, require_open
from gis_platform.casework.documents import add_document, open_document, require_kind
from gis_platform.casework.reading import workflow_of
from gis_platform.errors import BadParameter, NotFound

router = APIRouter(prefix="/api/cases", tags=["cases"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_REFUSED: dict[int | str, dict[str, Any]] = NO_CASE | {
    409: {"description": "The case is closed."},
    415: {"description": "None of the forms that are taken; the content decides, not the name."},
}


@router.post("/{code}/documents", status_code=201, responses=_REFUSED, openapi_extra=_BODY)
async def added(
    request: Request,
    caller: Staff,
    database: CurrentDatabase,
    shelf: Documents,
    code: CaseCode,
    kind: Annotated[str, Query(min_length=1, max_length=40, description="A kind of the case's workflow.")],
    name: Annotated[str, Query(min_length=1, max_length=300, description="Name of the file.")],
) -> dict[str, Any]:
    """Add a document; the body is the file itself."""
    # Looked at before the bytes come, and again when they are here: a slow line holds no transaction open.
    async with database.unit_of_work(caller) as work:
        case = await find_case(work, code)
        require_handles(work, workflow_of(case).handlers, case)
        require_open(case)
        most = require_kind(workflow_of(case), kind)
    try:
        kept = await shelf.take(request.stream(), most)
    except ClientDisconnect:
        raise BadParameter(
            "The line broke before the file was whole.",
            parameter="body",
            detail_vi="Đường truyền bị ngắt khi tệp chưa gửi xong. Hãy gửi lại tệp.",
        ) from None
    async with database.unit_of_work(caller) as work:
        case = await find_case(work, code)
        held = await hold_case(work, case.code, None)
        require_open(held)
        number = await add_document(work, workflow_of(held), held, kind, name, kept)
    return {
        "document": number,
        "media_type": kept.media_type,
        "size_bytes": kept.size,
        "sha256": kept.sha256.hex(),
    }


@router.get(
    "/{code}/documents/{document}",
    response_class=FileResponse,
    responses=NO_CASE | {200: {"content": {"application/octet-stream": {}}, "description": "The file."}},
)
async def got(
    work: Work,
    _: Staff,
    shelf: Documents,
    code: CaseCode,
    document: Annotated[int, Path(ge=1, le=2**63 - 1, description="Its number, as the case tells it.")],
) -> FileResponse:
    """A document as a download; each leaves an entry in the audit trail."""
    case = await find_case(work, code)
    row = await open_document(work, workflow_of(case), case, document)
    place = shelf.place(row["sha256"])
    if not place.is_file():
        raise NotFound(
            f"The file of document {document} is not on this server. Its SHA-256 is {row['sha256'].hex()}.",
            detail_vi="Không tìm thấy tệp trên máy chủ này. Đề nghị báo quản trị hệ thống.",
        )
    return FileResponse(
        place,
        media_type=row["media_type"],
        headers={
            # An old browser is given a plain name, and every one the real one.
            "Content-Disposition": f'attachment; filename="document-{document}"; '
            f"filename*=UTF-8''{quote(row['name'])}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )
