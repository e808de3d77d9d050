"""What drafts are called: kinds of zones, kinds of change, and the sentence that stands on all of it."""

from gis_platform.layer.text import Text

NO_LEGAL_VALUE = Text("Bản thảo, không có giá trị pháp lý", "Draft, without legal value")

#: Of a zone. ``corridor`` is one of which the file does not say what it protects.
KINDS = {
    "zone": Text("Ô chức năng", "Zone"),
    "road": Text("Đường quy hoạch", "Planned road"),
    "waterway_corridor": Text("Hành lang bảo vệ sông, kênh, rạch", "Waterway protection corridor"),
    "power_corridor": Text("Hành lang an toàn lưới điện", "Power line safety corridor"),
    "heritage": Text("Khu vực bảo vệ di tích", "Heritage protection area"),
    "corridor": Text("Hành lang bảo vệ, chưa rõ loại", "Corridor, of what is not said"),
}

#: Of a piece of a parcel, what matters most first. ``sliver`` is map error by the tolerance of the look-up.
CHANGES = {
    "road": Text("Thêm vào phần đường quy hoạch", "Newly taken by a planned road"),
    "road_lifted": Text("Đưa ra khỏi phần đường quy hoạch", "No longer taken by a planned road"),
    "corridor": Text("Thêm vào hành lang bảo vệ", "Newly in a protection corridor"),
    "function": Text("Đổi chức năng sử dụng đất", "Another function"),
    "limits": Text("Đổi chỉ tiêu xây dựng", "Other figures of what may be built"),
    "new": Text("Trước đây chưa có quy hoạch", "No plan in force before"),
    "unknown": Text("Chưa xác định được", "Cannot be told"),
    "same": Text("Không thay đổi", "Unchanged"),
    "sliver": Text("Sai số bản đồ", "Map error"),
}

#: Changes in earnest: a parcel with one of them is changed.
IN_EARNEST = ("road", "road_lifted", "corridor", "function", "limits", "new")

FIGURES = {
    "max_density_pct": Text("mật độ xây dựng", "building density"),
    "floors_max": Text("tầng cao", "floors"),
    "height_max_m": Text("chiều cao", "height"),
    "far_max": Text("hệ số sử dụng đất", "floor area ratio"),
}
