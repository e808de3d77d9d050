"""What keeps a file from being taken in as a whole, before a row of it is read: a breach is an error."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

_SEND_AGAIN = Text("Nhờ bên gửi xuất và gửi lại tệp.", "Have the sender write and send the file again.")
_PACK_AGAIN = Text(
    "Nén lại thành một tệp .zip thường, không mật khẩu, chỉ gồm các tệp dữ liệu, rồi gửi lại.",
    "Pack the data files again into a plain zip without a password, and send that.",
)
_CHOOSE = Text(
    "Ghi tên lớp cần nhận khi đọc lại tệp, hoặc nhờ bên gửi tách thành từng tệp.",
    "Name the layer when the file is read again, or have the sender split it.",
)


def _error(code: str, vi: str, en: str, cure: Text = _SEND_AGAIN) -> Rule:
    return Rule(code, "error", Text(vi, en), cure)


RECEIVING = (
    _error(
        "unknown_form",
        "Dạng tệp không đọc được",
        "A form of file that is not read",
        Text(
            "Nhờ bên gửi xuất sang GeoPackage hoặc Shapefile; DGN V8 thì lưu thành DGN V7 hoặc DXF.",
            "Have it written as GeoPackage or Shapefile; a DGN of V8 as V7 or DXF.",
        ),
    ),
    _error("empty_file", "Tệp không có dữ liệu", "The file holds no data"),
    _error("unreadable", "Tệp hỏng hoặc không đúng dạng", "The file is damaged, or not what its name says"),
    _error(
        "part_missing",
        "Thiếu tệp thành phần",
        "A part of the file is missing",
        Text(
            "Gửi đủ các tệp cùng tên (Shapefile: .shp, .shx, .dbf, .prj) trong một tệp .zip.",
            "Send all files of that name (Shapefile: .shp, .shx, .dbf, .prj) in one zip.",
        ),
    ),
    _error(
        "not_saved",
        "Tệp chưa được lưu xong",
        "The file is open in a program",
        Text("Đóng tệp trong phần mềm đang mở rồi gửi lại.", "Close it in that program, then send it again."),
    ),
    _error(
        "still_written",
        "Tệp đang được ghi",
        "The file is still being written",
        Text("Chờ ghi xong rồi gửi lại.", "Wait until it is whole, then send it again."),
    ),
    _error(
        "too_large",
        "Tệp quá lớn",
        "The file is too large",
        Text(
            "Chia theo tờ bản đồ hoặc theo xã, phường rồi gửi từng phần.",
            "Send it sheet by sheet, or by commune.",
        ),
    ),
    _error("broken_archive", "Tệp nén bị hỏng", "The archive is damaged", _PACK_AGAIN),
    _error("unsafe_archive", "Tệp nén không an toàn", "The archive is not to be trusted", _PACK_AGAIN),
    _error(
        "unclear_archive",
        "Tệp nén không có dữ liệu đọc được",
        "The archive holds nothing that is read",
        _PACK_AGAIN,
    ),
    _error("unsafe_file", "Tệp không an toàn", "The file is not to be trusted"),
    _error("several_layers", "Tệp có nhiều lớp", "The file has several layers", _CHOOSE),
    _error("unknown_layer", "Tệp không có lớp đã ghi", "The file has no such layer", _CHOOSE),
    _error(
        "no_geometry",
        "Tệp không có lớp bản đồ",
        "No layer with a geometry",
        Text(
            "Nhờ bên gửi kèm hình học; với CSV, ghi hình học dạng WKT trong cột tên WKT.",
            "Have the geometry sent too; in a CSV as WKT, in a column named WKT.",
        ),
    ),
)
