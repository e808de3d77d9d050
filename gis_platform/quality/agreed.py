"""What was agreed with the one who delivers."""

from gis_platform.layer import Text
from gis_platform.quality.rule import Rule

AGREED = (
    Rule(
        "contract_broken",
        "warning",
        Text("Trái với thoả thuận giao dữ liệu", "The contract of the source is not kept"),
        Text(
            "Hỏi bên giao; nếu thoả thuận đã đổi thì cập nhật thoả thuận.",
            "Ask the sender; where something else was agreed, state the contract anew.",
        ),
    ),
)
