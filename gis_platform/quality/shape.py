"""Rules on geometry: rings, precision, and areas that share borders and no ground."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

_FIELD = Text(
    "Đối chiếu với bản đồ gốc và hồ sơ đo đạc, chỉnh ranh trong dữ liệu nguồn rồi giao lại.",
    "Compare with the original map and the survey, correct the border in the source, deliver again.",
)
_CLEAN = Text(
    "Xoá đỉnh thừa hoặc chỉnh lại đỉnh trong dữ liệu nguồn.", "Remove or move the vertex in the source."
)

SHAPE = (
    Rule(
        "near_vertices",
        "info",
        Text("Đỉnh trùng hoặc cách nhau dưới 1 mm", "Vertices closer than 1 mm"),
        _CLEAN,
        Text("%s đỉnh cách đỉnh liền trước dưới 1 mm.", "%s vertices lie within 1 mm of the one before."),
    ),
    Rule(
        "spike",
        "warning",
        Text("Ranh có gai nhọn", "Spike in the border"),
        _CLEAN,
        Text("Ranh gấp lại theo góc %s độ tại đây.", "The border turns back at an angle of %s degrees here."),
    ),
    Rule(
        "rings_touch",
        "warning",
        Text("Hai vòng ranh gần chạm nhau (dưới 1 mm)", "Two rings almost touch (under 1 mm)"),
        _CLEAN,
        Text("Hai phần của ranh chỉ cách nhau %s mm.", "Two parts of the border are only %s mm apart."),
    ),
    Rule(
        "small_area",
        "warning",
        Text("Diện tích quá nhỏ", "Very small area"),
        _FIELD,
        Text("Có phần chỉ rộng %s m².", "A part of it has only %s m²."),
    ),
    Rule(
        "sliver",
        "warning",
        Text("Dải hẹp", "Sliver"),
        _FIELD,
        Text("Có phần rộng trung bình chỉ %s m.", "A part of it is only %s m wide on average."),
    ),
    Rule(
        "overlap",
        "warning",
        Text("Chồng lấn với thửa, vùng cùng bản giao", "Overlaps another of the delivery"),
        _FIELD,
        Text(
            "Chồng lấn với dòng %s: %s m², rộng tới khoảng %s m (dung sai %s m).",
            "Overlaps row %s: %s m2, about %s m wide (tolerance %s m).",
        ),
    ),
    Rule(
        "same_ground",
        "warning",
        Text("Phần lớn diện tích nằm trên thửa, vùng khác", "Lies for the most part on another"),
        _FIELD,
        Text("Phần lớn nằm chồng lên dòng %s: %s m².", "Lies for the most part on row %s: %s m2."),
    ),
    Rule(
        "overlap_in_force",
        "warning",
        Text("Chồng lấn với đối tượng đang có hiệu lực", "Overlaps a feature in force"),
        Text(
            "Kiểm tra ranh giáp với tờ, đơn vị không có trong bản giao; cần thì giao kèm tờ giáp ranh.",
            "Check the border with the sheet or unit that was not delivered; deliver that one too.",
        ),
        Text(
            "Chồng lấn với đối tượng đang có hiệu lực số %s: %s m², rộng tới khoảng %s m (dung sai %s m).",
            "Overlaps feature %s in force: %s m2, about %s m wide (tolerance %s m).",
        ),
    ),
    Rule(
        "gap",
        "warning",
        Text("Khe hở giữa các thửa, vùng liền kề", "Gap between neighbours"),
        _FIELD,
        Text(
            "Khe hở %s m² giữa dòng %s và dòng %s (hẹp hơn %s m).",
            "A gap of %s m2 between rows %s and %s (narrower than %s m).",
        ),
    ),
    Rule(
        "identical_geometry",
        "warning",
        Text("Trùng hoàn toàn hình học", "Identical geometry"),
        Text(
            "Giữ một bản ghi nếu là lặp; nếu là hai đối tượng thì sửa hình học.",
            "Keep one where it is a repetition; correct the geometry where they are two.",
        ),
        Text("Hình học giống hệt dòng %s.", "The same geometry as row %s."),
    ),
)
