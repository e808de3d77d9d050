"""What is sent by those who try doors, written as it stands in an address; and every door there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from tests.support.problems import MEDIA_TYPE

_TEXTS = [
    "' OR 1=1 --",
    "'; DROP TABLE layer.parcels; --",
    "1; SELECT pg_sleep(20)",
    "%(limit)s",
    "%s %d {0} {} $1 :x",
    "\\'; --",
    "../../etc/passwd",
    "\x00",
    "a\x00b",
    "\r\nSet-Cookie: a=b",
    "\u202e\u0301\ufeff",
    "１０",
    "1e400",
    "-1",
    "9223372036854775808",
    "NaN,NaN,NaN,NaN",
    "inf,-inf,inf,inf",
    "170,-10,-170,10",
    "1e308,1e308,1e308,1e308",
    "POLYGON((0 0,1 1,1 0,0 0))",
    "2020-02-30",
    "2020-01-01T00:00:00Z/2019-01-01T00:00:00Z",
    "",
    ",",
    "x" * 5_000,
    "(" * 3_000,
    "NOT " * 1_000 + "TRUE",
    '{"op":"not","args":[' * 400,
]
# Bytes that are no UTF-8, a lone surrogate, an overlong slash, a percent sign alone, one escape in another.
_BYTES = [
    "%ff",
    "%ed%a0%80",
    "%c0%af",
    "%",
    "%zz",
    "%2500",
    "%25%30%30",
    "a%F0%9F",
    "&",
    "a&b=c",
    "a;b",
    "+",
    "#",
]

HOSTILE = [quote(text, safe="") for text in _TEXTS] + _BYTES

# What stands in for the path parameters that are not being tried.
_GOOD = {
    "collection": "parcels",
    "feature": "1",
    "z": "16",
    "y": "30844",
    "x": "52136",
    "code": "T-404",
    "parcel": "1",
    "name": "dem",
    "styleId": "parcels",
    "tileMatrixSet": "WebMercatorQuad",
    "record": "parcels",
    "export_id": "1",
}


@dataclass(frozen=True)
class Door:
    """One parameter of one route."""

    path: str
    name: str
    where: str

    def address(self, value: str, collection: str = "parcels") -> str:
        """The route with this value, already written for an address, in the parameter."""
        filled = {**_GOOD, "collection": collection, **({self.name: value} if self.where == "path" else {})}
        path = self.path
        for name, text in filled.items():
            path = path.replace(f"{{{name}}}", text)
        return path if self.where == "path" else f"{path}?{self.name}={value}"


def doors(client: TestClient) -> Iterator[Door]:
    """Every parameter of every route that reads."""
    paths: dict[str, Any] = client.get("/api/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for parameter in operations.get("get", {}).get("parameters", []):
            told = _resolved(client, parameter)
            if told["in"] in ("path", "query"):
                yield Door(path, told["name"], told["in"])


def _resolved(client: TestClient, parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in parameter:
        return parameter
    document: Any = client.get("/api/openapi.json").json()
    for part in parameter["$ref"].removeprefix("#/").split("/"):
        document = document[part]
    return dict(document)


def fault(answer: Any) -> str | None:
    """What is wrong with an answer to something hostile; None where nothing is."""
    told = (
        f"{answer.request.method} {str(answer.request.url)[:160]}: {answer.status_code} {answer.text[:200]}"
    )
    if answer.status_code >= 500:
        return told
    if answer.status_code < 400:
        return None
    if answer.headers.get("content-type") != MEDIA_TYPE:
        return f"no problem+json: {told}"
    body = answer.json()
    if answer.status_code == 400 and not body.get("parameter"):
        return f"no parameter named: {told}"
    return f"sent back whole: {told}" if len(body["detail"]) > 2_000 else None
