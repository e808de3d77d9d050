"""The desk of permits: buildings on the lots of an office, and cases up to the signature."""

from typing import Any

from tests.support.office import PDF, Office

#: The papers that any kind of case may ask for.
PAPERS = ("application", "land_paper", "drawings", "old_permit", "repair_photos", "neighbours_commitment")
SIGNED = {"document": "15/GPXD", "signer": "Trần Văn Ký", "signer_title": "Phó Chủ tịch"}
DESPITE = {"why_despite": "Phù hợp hiện trạng khu phố, đã lấy ý kiến"}
EAST, NORTH = 567_200.0, 1_145_150.0


def building(lot: int = 1, *, inset: float = 2.0, **change: Any) -> dict[str, Any]:
    """A building on a lot of the office (10 by 20 m, counted from 1), ``inset`` from its edges."""
    west = EAST + 20 * lot
    return at(west + inset, NORTH + inset, west + 10 - inset, NORTH + 20 - inset) | change


def at(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A building by the corners of its ground in the working grid."""
    corners = [(west, north), (east, north), (east, south), (west, south)]
    rows = [f"{n} {y:.2f} {x:.2f}".replace(".", ",") for n, (x, y) in enumerate(corners, 1)]
    return {"corners": "\n".join(rows), "floors": 3, "height_m": 11.5}


def path(case: Any) -> str:
    """Where the building of a case is handed in."""
    return f"/api/permits/cases/{case['code']}/building"


def opened(office: Office, lot: int = 1, kind: str = "new", who: str = "an", **details: str) -> Any:
    """A case that was taken in for a lot."""
    told = {"kind": kind, "use": "house"} | details
    return office.open(who, workflow="building_permit", feature=office.parcels[lot - 1], details=told)


def checked(office: Office, lot: int = 1, kind: str = "new", who: str = "an", **details: str) -> Any:
    """The same with all papers, being checked."""
    case = office.moved(opened(office, lot, kind, who, **details), "take_up", who)
    for paper in PAPERS:
        assert office.add(case, paper, PDF, who=who).status_code == 201
    return office.read(case, who)


def handed(office: Office, case: Any, meant: dict[str, Any], who: str = "an") -> Any:
    """The answer to a building that was handed in."""
    answer = office.post(path(case), meant, who)
    assert answer.status_code == 201, answer.text
    return answer.json()


def proposed(office: Office, lot: int = 1, kind: str = "new", who: str = "an", **details: str) -> Any:
    """A case that waits for the signature, with the usual building where it needs one."""
    case = checked(office, lot, kind, who, **details)
    if kind != "extension":
        handed(office, case, building(lot), who)
    return office.moved(office.read(case, who), "propose", who, given=DESPITE if kind != "extension" else {})


def issued(office: Office, lot: int = 1, kind: str = "new", number: str = "15/GPXD", **details: str) -> Any:
    """A case whose permit was issued."""
    return office.moved(proposed(office, lot, kind, **details), "issue", given=SIGNED | {"document": number})
