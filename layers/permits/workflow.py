"""The way of an application for a construction permit, from the counter to the decision.

Terms are dated rules (``rule_sets/nd_217_2026.toml`` and what held before). Who decides is the ward: its
officers make the moves, its chair or vice chair signs.
"""

from collections.abc import Mapping

from gis_platform.access.roles import Role
from gis_platform.casework import (
    Clock,
    Detail,
    Document,
    Outcome,
    State,
    Workflow,
)
from gis_platform.layer.text import Text
from layers.permits.check.proposal import KINDS, USES
from layers.permits.commitment import COMMITMENT
from layers.permits.moves import MOVES

_BUILDS = frozenset({"new", "relocation", "temporary"})
_CHANGES = frozenset({"adjustment", "extension"})


def deadline_of(details: Mapping[str, str]) -> str:
    """The code of the rule that states the term for what is applied for."""
    kind = details["kind"]
    which = kind if kind not in _BUILDS else "house" if details["use"] == "house" else "other"
    return f"building.permit.deadline.{which}"


WORKFLOW = Workflow(
    name="building_permit",
    title=Text("Cấp giấy phép xây dựng", "Construction permit"),
    about=Text(
        "Hồ sơ đề nghị cấp mới, điều chỉnh hoặc gia hạn giấy phép xây dựng nhà ở, công trình cấp III, cấp "
        "IV.",
        "An application for a new permit of a house or a smaller building, its adjustment or its extension.",
    ),
    subject="parcels",
    readers=frozenset({Role.PERMIT, Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN}),
    openers=frozenset({Role.PERMIT}),
    kind="kind",
    consultation="building.permit.consultation",
    online=True,
    details={
        "kind": Detail(title=Text("Nội dung đề nghị", "What is asked for"), choices=KINDS, required=True),
        "use": Detail(title=Text("Công năng", "Use"), choices=USES, required=True),
        "permit": Detail(
            title=Text("Số giấy phép đã cấp", "Number of the permit"),
            hint=Text(
                "Chỉ khi điều chỉnh hoặc gia hạn. Ví dụ: 15/GPXD.",
                "For an adjustment or an extension alone. Such as 15/GPXD.",
            ),
            most=60,
        ),
        "purpose": Detail(
            title=Text("Ghi chú", "Remark"),
            hint=Text("Không ghi tên người, số điện thoại.", "No names, no telephone numbers."),
        ),
    },
    outcomes={
        "permit_no": Outcome(Text("Số giấy phép xây dựng", "Permit number")),
        "paper": Outcome(Text("Mã giấy phép xây dựng", "Code of the permit's paper"), link="/giay-phep/{}"),
        "start_by": Outcome(Text("Phải khởi công trước hết ngày", "To be begun by")),
        "why_despite": Outcome(
            Text("Lý do đề xuất dù có mục không đạt", "Why in spite of what fails"), inside=True
        ),
        "why_floor_area": Outcome(
            Text("Lý do cấp dù vượt hệ số sử dụng đất", "Why in spite of the floor area ratio"), inside=True
        ),
        "why_overlap": Outcome(
            Text("Lý do cấp dù chồng lấn giấy phép khác", "Why in spite of the overlap"), inside=True
        ),
    },
    documents=(
        Document(
            name="application",
            title=Text("Đơn đề nghị (theo mẫu)", "Application form"),
            needed_for=frozenset(KINDS),
        ),
        Document(
            name="land_paper",
            title=Text(
                "Giấy tờ về đất, hoặc kết quả tra cứu trên cơ sở dữ liệu quốc gia",
                "Land paper, or what the national database says",
            ),
            needed_for=_BUILDS | {"repair"},
        ),
        Document(
            name="drawings",
            title=Text("Bản vẽ thiết kế xây dựng", "Drawings"),
            needed_for=_BUILDS | {"repair", "adjustment"},
        ),
        COMMITMENT,
        Document(
            name="old_permit",
            title=Text("Giấy phép xây dựng đã cấp", "The permit as issued"),
            needed_for=_CHANGES,
        ),
        Document(
            name="repair_photos",
            title=Text("Ảnh chụp hiện trạng công trình sửa chữa", "Photos of what is repaired"),
            needed_for=frozenset({"repair"}),
        ),
        Document(name="site_photo", title=Text("Ảnh hiện trạng khu đất", "Photo of the site")),
        Document(name="decision", title=Text("Giấy phép, văn bản trả lời", "Permit or reply"), office=True),
    ),
    clocks=(
        Clock(name="thoi_han", title=Text("Thời hạn giải quyết", "Time limit"), rule=deadline_of),
        Clock(
            name="bo_sung",
            title=Text("Thời gian bổ sung hồ sơ", "Time to supplement"),
            rule="building.permit.supplement",
        ),
    ),
    starts=("thoi_han",),
    initial="received",
    states=(
        State(name="received", title=Text("Mới tiếp nhận", "Received")),
        State(name="checking", title=Text("Đang thẩm định", "Being checked")),
        State(
            name="supplement",
            title=Text("Chờ bổ sung hồ sơ", "Waits for the applicant"),
            waits=True,
            public=Text(
                "Chờ người nộp bổ sung hồ sơ. Đề nghị xem thông báo của phường.",
                "Waits for the applicant to add to the file. Please see the ward's notice.",
            ),
        ),
        State(
            name="proposed",
            title=Text("Đã đề xuất, chờ ký", "Proposed, waits for the signature"),
            public=Text("Đang trình lãnh đạo ký", "Before the one who signs"),
        ),
        State(name="issued", title=Text("Đã cấp giấy phép", "Permit issued"), ends=True),
        State(name="refused", title=Text("Không cấp phép", "Refused"), ends=True),
        State(name="withdrawn", title=Text("Người nộp đã rút hồ sơ", "Withdrawn"), ends=True),
    ),
    moves=MOVES,
)
