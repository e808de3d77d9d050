"""Why a delivery stopped, in both languages."""

from gis_platform.errors import BadParameter, DeliveryRefused, Problem
from gis_platform.layer.text import Text

_USUALLY = {
    BadParameter: "Cách đọc tệp đã khai báo không dùng được. Hãy đọc lại tệp theo cách khác.",
    DeliveryRefused: "Một dòng của tệp trái với quy tắc của bảng dữ liệu.",
}
_OTHERWISE = "Máy không làm tiếp được. Hãy chạy lại; nếu vẫn vậy, báo quản trị viên kèm số đợt."


def in_both(fault: Problem) -> Text:
    """The reason as whoever raised it told it; in Vietnamese in general words where it has none."""
    usually = next((vi for kind, vi in _USUALLY.items() if isinstance(fault, kind)), _OTHERWISE)
    return Text(fault.detail_vi or usually, fault.detail)
