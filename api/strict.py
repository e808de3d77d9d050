"""A route takes what it tells of, once, as text: anything else is a 400 that names it.

Left alone, FastAPI passes over a parameter it does not know: ``?lmit=5`` would be answered as if nothing had
been asked, and ``?form=2022-01-01`` with the sums of another period.
"""

from fastapi import Request

from api.problem_words import no_such_parameter, no_text
from gis_platform.errors import BadParameter

_MAPS = frozenset({"/", "/d/{answer_id}", "/thua/{identifier}", "/thua/{unit}/{sheet}/{parcel}"})


async def only_known_parameters(request: Request) -> None:
    """Raises BadParameter for a parameter the route's own description does not name, or names once."""
    for name, text in request.path_params.items():
        _require_text(name, str(text))
    asked = request.query_params
    if not asked or _free(request):
        return
    known = _described(request)
    for name in asked:
        shown = name[:40]
        if name not in known:
            takes = ", ".join(known) or "no parameters"
            raise BadParameter(
                f"There is no parameter {shown!r} here. It takes: {takes}.",
                parameter=shown,
                detail_vi=no_such_parameter(shown, known),
            )
        if len(asked.getlist(name)) > 1:
            raise given_twice(shown)
        _require_text(shown, asked[name])


def given_twice(name: str) -> BadParameter:
    """What is told of a parameter that stands in an address more than once."""
    return BadParameter(
        f"{name} is given more than once.",
        parameter=name,
        detail_vi=f"Tham số “{name}” được ghi nhiều lần. Hãy chỉ giữ lại một.",
    )


def _free(request: Request) -> bool:
    """Files, whose version is in the path, and the map: its scripts read the address, and those who pass a
    link on add their marks to it.
    """
    route = request.scope["route"]
    return route.path in _MAPS or not getattr(route, "include_in_schema", True)


def _require_text(name: str, text: str) -> None:
    # PostgreSQL keeps no NUL in a text, and nobody types one.
    if "\x00" in text:
        raise BadParameter(
            f"{name} holds a character that is no text.", parameter=name, detail_vi=no_text(name)
        )


def _described(request: Request) -> list[str]:
    """Names of the query parameters of the route that answers, from the OpenAPI document."""
    operations = request.app.openapi()["paths"].get(request.scope["route"].path, {})
    parameters = operations.get(request.method.lower(), {}).get("parameters", [])
    return [parameter["name"] for parameter in parameters if parameter["in"] == "query"]
