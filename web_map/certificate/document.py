"""The certificate of a house number as a PDF/A-2b on one sheet of A5, landscape."""

from pathlib import Path
from typing import Any

from gis_platform.city import City
from web_map.extract.qr import qr_svg
from web_map.extract.saying import NOTHING, Saying
from web_map.paper import dated, set_sheet

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate_pdf(certificate: dict[str, Any], *, city: City, address_of_status: str) -> bytes:
    """The paper of ``layers.numbering.certificates.certificate``, in Vietnamese, as it was given out.

    What holds no more is printed across it. ``address_of_status`` is the whole address that the QR code leads
    to. The same certificate gives the same bytes.

    Raises:
        Unavailable: the fonts are not installed.
    """
    say = Saying("vi", city.timezone)
    pictures = {"qr": qr_svg(address_of_status)}
    return set_sheet(
        _TEMPLATE, _content(certificate, city, say, address_of_status), certificate["made_at"], pictures
    )


def _content(one: dict[str, Any], city: City, say: Saying, address: str) -> dict[str, Any]:
    """What stands on the sheet, every value a text."""
    lot = f"Thửa số {one['parcel']}, tờ bản đồ số {one['sheet']}" if one.get("parcel") else NOTHING
    pairs = [
        ("Tên đường (phố, hẻm)", one.get("street")),
        ("Phường, xã", one.get("unit")),
        ("Thửa đất", lot),
        ("Vị trí cổng", _place(one)),
        ("Căn cứ", one.get("document")),
    ]
    given = one.get("issued_on")
    return {
        "unit": one.get("unit") or "",
        "city": city.title_vi,
        "number": one["number"],
        "address": one["address"],
        "pairs": [[name, str(value) if value else NOTHING] for name, value in pairs],
        "dated": f"{city.title_vi}, {dated(say.day(given))}" if given else "",
        "code": one["code"],
        "status": address,
        "void": None if one["valid"] else f"HẾT HIỆU LỰC TỪ {say.day(one['superseded_at'])}",
        "synthetic": "Dữ liệu minh hoạ, không có giá trị pháp lý" if one.get("synthetic") else None,
        "unverified": "Mẫu giấy của hệ thống, chưa đối chiếu với mẫu ban hành kèm Thông tư 08/2024/TT-BXD.",
    }


def _place(one: dict[str, Any]) -> str:
    lat, lon = (str(one[name]).replace(".", ",") for name in ("lat", "lon"))
    return f"vĩ độ {lat}; kinh độ {lon} (WGS 84)"
