"""Rules on what a row says: its number, its codes, its areas, where it lies."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

_LOOK = Text(
    "Đối chiếu với hồ sơ địa chính; số liệu giao được giữ nguyên.",
    "Compare with the cadastral file; the delivered figures are kept as they are.",
)
_UNIT = Text(
    "Kiểm tra mã đơn vị hành chính theo đúng thời kỳ của dữ liệu.",
    "Check the unit code against the generation of units that the data is of.",
)

CONTENT = (
    Rule(
        "duplicate_key",
        "warning",
        Text("Trùng số hiệu", "The same number again"),
        Text(
            "Kiểm tra số hiệu; nếu đúng là hai đối tượng thì chấp nhận, chúng được lưu riêng.",
            "Check the numbers; where they are two features accept it, they are stored apart.",
        ),
        Text("{number} có %s lần.", "{number} occurs %s times."),
    ),
    Rule(
        "missing_key",
        "warning",
        Text("Thiếu số hiệu", "The number is missing"),
        Text("Bổ sung số hiệu trong dữ liệu nguồn.", "Add the number in the source."),
        Text("Chưa có {one}.", "There is no {one}."),
    ),
    Rule(
        "older_than_newest",
        "warning",
        Text("Cũ hơn dữ liệu mới nhất đã nhận", "Older than the newest that was taken in"),
        Text("Kiểm tra ngày của nguồn.", "Check the date of the source."),
    ),
    Rule(
        "edited_since",
        "warning",
        Text("Đã sửa trực tiếp sau ngày của dữ liệu", "Edited by hand since the source's date"),
        Text(
            "Chọn cho từng trường hợp: giữ bản sửa tay, hoặc lấy theo tệp như một đính chính.",
            "Say of each: keep the edit, or take what the file says as a correction.",
        ),
    ),
    Rule(
        "old_code",
        "warning",
        Text("Mã thuộc danh mục cũ", "Code of an older list"),
        Text(
            "Chuyển sang mã mới nêu kèm; bảng chuyển đổi chưa được xác minh với văn bản.",
            "Change it to the code proposed; the table of old codes is not verified against the rule's text.",
        ),
        Text("Mã %s thuộc danh mục cũ. {proposal}", "Code %s is of an older list. {proposal}"),
    ),
    Rule(
        "unknown_code",
        "warning",
        Text("Mã không có trong danh mục", "Code of no known list"),
        Text("Sửa mã theo danh mục hiện hành.", "Correct it to a code in force."),
        Text("Mã %s không có trong danh mục mới lẫn cũ.", "Code %s is in no list, today's or older."),
    ),
    Rule(
        "areas_differ",
        "warning",
        Text("Các diện tích ghi nhận lệch quá dung sai", "The stated areas differ beyond the tolerance"),
        _LOOK,
        Text(
            "{one}: %s m², {other}: %s m²; lệch %s m², dung sai %s m².",
            "{one}: %s m2, {other}: %s m2; %s m2 apart, tolerance %s m2.",
        ),
    ),
    Rule(
        "area_not_drawn",
        "warning",
        Text("Diện tích ghi nhận lệch với hình vẽ", "A stated area differs from the geometry's"),
        _LOOK,
        Text(
            "{one}: %s m², tính từ hình vẽ: %s m²; lệch %s m², dung sai %s m².",
            "{one}: %s m2, the geometry: %s m2; %s m2 apart, tolerance %s m2.",
        ),
    ),
    Rule(
        "identifier_elsewhere",
        "info",
        Text("Mã định danh chỉ một vị trí ngoài thửa", "The identifier names a place outside the feature"),
        Text(
            "Chỉ để biết: mã đã cấp được giữ nguyên, không tính lại.",
            "For information: an identifier stays as issued and is never computed again.",
        ),
        Text(
            "Mã %s chỉ vị trí cách đối tượng %s m.", "Identifier %s names a place %s m away from the feature."
        ),
    ),
    Rule(
        "unit_unknown",
        "warning",
        Text("Mã đơn vị hành chính chưa biết", "Unknown administrative unit"),
        _UNIT,
        Text("Không có đơn vị nào mang mã %s.", "No unit has the code %s."),
    ),
    Rule(
        "unit_retired",
        "warning",
        Text("Mã đơn vị của thời kỳ trước", "Unit code of an earlier generation"),
        _UNIT,
        Text(
            "Mã %s là %s (thời kỳ %s), không phải đơn vị hành chính vào ngày %s.",
            "Code %s is %s (generation %s), no unit on %s.",
        ),
    ),
    Rule(
        "unit_generation",
        "warning",
        Text(
            "Mã đơn vị đúng với thời kỳ trước, không đúng với hiện nay",
            "Unit code right in an earlier generation only",
        ),
        _UNIT,
        Text(
            "Mã %s nay là %s, nhưng đối tượng nằm trong %s (thời kỳ %s) từng mang mã này.",
            "Code %s is %s today, but the feature lies in %s (generation %s), which had that code.",
        ),
    ),
    Rule(
        "outside_unit",
        "warning",
        Text("Nằm ngoài đơn vị hành chính mà mã chỉ", "Outside the unit its code names"),
        _UNIT,
        Text(
            "Phần lớn nằm ngoài đơn vị mang mã %s.", "Lies for the most part outside the unit with code %s."
        ),
    ),
)
