"""What a collection says of access: what the caller is not shown and why, and who may edit."""

from typing import Any

from api.ogc.access import hidden_rows
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.layer import Layer, Property
from gis_platform.layer.text import Language, Text

_PERSONAL = Text(
    "Dữ liệu cá nhân: chỉ cán bộ có thẩm quyền được xem, mỗi lần xem đều được ghi lại.",
    "Personal data: shown to the staff in charge alone, and each look is recorded.",
)
_STAFF = Text("Thông tin nghiệp vụ: chỉ dành cho cán bộ.", "Working information: for staff only.")
_SOME_STAFF = Text(
    "Thông tin nghiệp vụ: vai trò của bạn không được xem.",
    "Working information: not open to your role.",
)
_NO_EDITORS = Text(
    "Chỉ cập nhật qua các đợt giao dữ liệu, không sửa qua API.",
    "Changed by deliveries alone, not over the API.",
)
_EDITORS = Text("Cán bộ được sửa qua API: {roles}.", "Staff who may edit over the API: {roles}.")
_ROLES = {
    Role.PUBLIC: Text("công chúng", "the public"),
    Role.PLANNER: Text("quản lý quy hoạch", "planners"),
    Role.PERMIT: Text("cấp phép", "permit officers"),
    Role.ENFORCEMENT: Text("xử lý vi phạm", "enforcement officers"),
    Role.STEWARD: Text("quản lý dữ liệu", "data stewards"),
    Role.OPERATOR: Text("trung tâm điều hành", "operators"),
    Role.AUDITOR: Text("kiểm tra", "auditors"),
    Role.ADMIN: Text("quản trị hệ thống", "administrators"),
}


def access_of(layer: Layer, caller: Caller, language: Language) -> dict[str, Any]:
    """The member ``access`` of a collection, for one caller."""
    hidden = layer.hidden_from(caller.role)
    reasons = [_why(p, caller.role) for p in hidden]
    return {
        "role": str(caller.role),
        "public": Role.PUBLIC in layer.audience,
        "hidden_properties": [p.name for p in hidden],
        "hidden": [
            {
                "name": p.name,
                "title": p.title.in_language(language),
                "reason": "personal-data" if p.personal else "staff-only",
                "why": why.in_language(language),
            }
            for p, why in zip(hidden, reasons, strict=True)
        ],
        "reason": " ".join(dict.fromkeys(why.in_language(language) for why in reasons)) or None,
        "editors": sorted(layer.editors),
        "may_edit": caller.role in layer.editors,
        "editors_note": _editors(layer, language),
        **hidden_rows(layer, caller.role),
    }


def _why(hidden: Property, role: Role) -> Text:
    if hidden.personal:
        return _PERSONAL
    return _STAFF if role is Role.PUBLIC else _SOME_STAFF


def _editors(layer: Layer, language: Language) -> str:
    if not layer.editors:
        return _NO_EDITORS.in_language(language)
    roles = ", ".join(_ROLES[role].in_language(language) for role in Role if role in layer.editors)
    return _EDITORS.in_language(language).format(roles=roles)
