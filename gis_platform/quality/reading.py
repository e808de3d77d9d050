"""Rules that each row must keep to be read at all: a breach is an error."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

_MEND = Text("Sửa trong dữ liệu nguồn rồi giao lại.", "Mend it in the source and deliver again.")

_SAY_THE_COLUMN = Text(
    "Chọn thông tin cho từng cột (hoặc bỏ qua cột), rồi đọc lại tệp.",
    "Say what each column is, or leave it out, and have the file read again.",
)


def _error(code: str, vi: str, en: str, cure: Text = _MEND) -> Rule:
    return Rule(code, "error", Text(vi, en), cure)


READING = (
    _error("missing_geometry", "Không có hình học", "No geometry"),
    _error("empty_geometry", "Hình học rỗng", "Empty geometry"),
    _error(
        "broken_geometry",
        "Hình học không hợp lệ hoặc không đọc được",
        "Invalid or unreadable geometry",
        Text(
            "Sửa tại vị trí đã nêu (ranh tự cắt, vòng không khép, cung tròn chưa chuyển thành đoạn thẳng).",
            "Mend it at the place given (border crosses itself, open ring, curve not made into segments).",
        ),
    ),
    _error("wrong_geometry_type", "Sai loại hình học", "Wrong type of geometry"),
    _error("not_finite", "Toạ độ không phải là số", "A coordinate is not a number"),
    _error(
        "outside_city",
        "Nằm ngoài phạm vi thành phố",
        "Outside the city",
        Text(
            "Kiểm tra hệ toạ độ khai báo, thứ tự trục X, Y và kinh tuyến trục.",
            "Check the declared grid, the order of the axes and the central meridian.",
        ),
    ),
    _error("missing_value", "Thiếu giá trị bắt buộc", "A needed value is missing"),
    _error("wrong_value", "Giá trị không đúng kiểu", "A value of the wrong kind"),
    _error(
        "wrong_encoding",
        "Chữ sai bảng mã",
        "Text of another encoding",
        Text(
            "Lưu lại bằng Unicode UTF-8, hoặc khai báo đúng bảng mã khi giao.",
            "Save it as Unicode UTF-8, or name its encoding with the delivery.",
        ),
    ),
    _error("database_rule", "Trái với quy tắc của bảng dữ liệu", "Breaks a rule of the table"),
    _error(
        "not_unique",
        "Trùng một giá trị phải là duy nhất",
        "A value that must be there once occurs again",
    ),
    _error("missing_column", "Thiếu cột", "A column is missing", _SAY_THE_COLUMN),
    _error("unknown_column", "Cột chưa biết", "A column nobody knows", _SAY_THE_COLUMN),
    _error("unclear_column", "Cột không rõ nghĩa", "A column with two meanings", _SAY_THE_COLUMN),
    _error(
        "older_than_current",
        "Cũ hơn phiên bản đang có hiệu lực",
        "Older than the version in force",
        Text(
            "Kiểm tra ngày của nguồn; nếu đúng là đính chính thì giao với lựa chọn đính chính.",
            "Check the date of the source; where it is a correction, deliver it as one.",
        ),
    ),
)
