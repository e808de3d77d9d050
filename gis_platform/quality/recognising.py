"""What is recognised of a file as a whole: the encoding of its texts, its grid, and where it lies."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

_SAY_THE_GRID = Text(
    "Hỏi bên gửi hệ toạ độ của tệp, rồi đọc lại tệp theo hệ đó.",
    "Ask the sender for the file's grid, and have the file read again in it.",
)

RECOGNISING = (
    Rule(
        "text_unreadable",
        "error",
        Text("Ký tự không có nghĩa trong bảng mã", "A character without meaning in the encoding"),
        Text(
            "Lưu lại bằng Unicode UTF-8 từ bản còn đọc được.",
            "Save it as Unicode UTF-8, from a copy that reads well.",
        ),
    ),
    Rule(
        "text_converted",
        "warning",
        Text("Chữ được chuyển sang Unicode", "Text converted to Unicode"),
        Text(
            "Xem ví dụ trước và sau; chữ hoa có dấu của TCVN3 có thể đã mất.",
            "Look at the examples; capitals with a tone may be lost from TCVN3.",
        ),
    ),
    Rule(
        "mixed_encodings",
        "warning",
        Text("Tệp lẫn nhiều bảng mã", "Several encodings in one file"),
        Text(
            "Xem các cột đã nêu; giá trị chưa rõ được giữ nguyên.",
            "Look at the columns told; what is unclear is left as it is.",
        ),
    ),
    Rule("no_crs", "error", Text("Không có hệ toạ độ", "No grid is said"), _SAY_THE_GRID),
    Rule(
        "unknown_crs", "error", Text("Hệ toạ độ không dùng được", "A grid that cannot be used"), _SAY_THE_GRID
    ),
    Rule(
        "crs_differs",
        "error",
        Text("Hệ toạ độ của tệp khác hệ khai báo", "The file says another grid than was declared"),
        _SAY_THE_GRID,
    ),
    Rule("other_crs", "error", Text("Khai báo sai hệ toạ độ", "Declared in the wrong grid"), _SAY_THE_GRID),
    Rule(
        "swapped_axes",
        "error",
        Text("Hai trục toạ độ bị đổi chỗ", "The axes are swapped"),
        Text("Đổi chỗ hai cột toạ độ rồi giao lại.", "Exchange the two columns and deliver again."),
    ),
    Rule(
        "grid_guess",
        "warning",
        Text("Hệ toạ độ mà dữ liệu khớp", "The grid that the coordinates fit"),
        Text(
            "Hỏi bên gửi; nếu đúng, đọc lại tệp theo hệ này, không cần gửi lại.",
            "Ask the sender; if that is right, have the file read again in it: it need not be sent again.",
        ),
    ),
    Rule(
        "systematic_shift",
        "warning",
        Text("Cả tệp lệch đều so với dữ liệu đang dùng", "The whole file lies beside what is in force"),
        Text(
            "Hỏi bên gửi đã chuyển hệ toạ độ thế nào; VN-2000 phải chuyển bằng bộ 7 tham số EPSG:6960.",
            "Ask how it was converted; VN-2000 goes by the 7 parameters of EPSG:6960.",
        ),
    ),
)
