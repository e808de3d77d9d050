"""The way of a revocation, from the finding to the decision. Its term is a dated rule (Article 65)."""

from gis_platform.access.roles import Role
from gis_platform.casework import Clock, Detail, Document, Input, Move, Outcome, State, Workflow
from gis_platform.layer.text import Text
from layers.permit_revocation.revoking import propose_revocation, revoke_permit

_WARD = frozenset({Role.PERMIT})

WORKFLOW = Workflow(
    name="permit_revocation",
    title=Text("Thu hồi giấy phép xây dựng", "Revocation of a permit"),
    about=Text(
        "Hồ sơ thu hồi giấy phép xây dựng theo kết luận thanh tra hoặc văn bản kiểm tra.",
        "Taking a construction permit back after an inspection found that it must be.",
    ),
    subject="building_permits",
    readers=frozenset({Role.PERMIT, Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN}),
    openers=_WARD,
    details={
        "finding": Detail(
            title=Text("Số kết luận thanh tra, văn bản kiểm tra", "Number of the finding"),
            required=True,
            most=60,
        ),
        "grounds": Detail(
            title=Text("Căn cứ thu hồi", "Grounds"),
            hint=Text("Không ghi tên người, số điện thoại.", "No names, no telephone numbers."),
            required=True,
        ),
    },
    outcomes={
        "permit_no": Outcome(Text("Số giấy phép bị thu hồi", "Permit that was revoked")),
        "document": Outcome(Text("Quyết định thu hồi", "Decision")),
    },
    documents=(
        Document(name="finding", title=Text("Kết luận thanh tra, văn bản kiểm tra", "The finding")),
        Document(name="decision", title=Text("Quyết định thu hồi", "The decision that revokes")),
    ),
    clocks=(
        Clock(
            name="thoi_han",
            title=Text("Thời hạn ban hành quyết định", "Time limit of the decision"),
            rule="building.permit.revocation",
        ),
    ),
    starts=("thoi_han",),
    initial="received",
    states=(
        State(name="received", title=Text("Đã nhận kết luận", "Finding received")),
        State(
            name="proposed",
            title=Text("Đã đề xuất, chờ quyết định", "Proposed, waits for the decision"),
            public=Text("Đang trình quyết định", "Before the one who decides"),
        ),
        State(name="revoked", title=Text("Đã thu hồi giấy phép", "Permit revoked"), ends=True),
        State(name="kept", title=Text("Không thu hồi", "Not revoked"), ends=True),
    ),
    moves=(
        Move(
            name="propose",
            title=Text("Đề xuất thu hồi", "Propose to revoke"),
            help=Text(
                "Trình quyết định thu hồi. Hồ sơ phải có kết luận thanh tra hoặc văn bản kiểm tra.",
                "Puts the revocation before the one who decides. The file must hold the finding.",
            ),
            sources=("received",),
            to="proposed",
            roles=_WARD,
            next_step=True,
            decides=True,
            documents=("finding",),
            does=propose_revocation,
        ),
        Move(
            name="back",
            title=Text("Trả lại để xem xét", "Send back"),
            help=Text(
                "Đề xuất chưa đạt, cần xem lại.", "The proposal will not do yet; it is looked at again."
            ),
            sources=("proposed",),
            to="received",
            roles=_WARD,
            note=True,
        ),
        Move(
            name="revoke",
            title=Text("Thu hồi giấy phép", "Revoke the permit"),
            help=Text(
                "Giấy phép và giấy đã cấp hết hiệu lực ngay. Không hoàn tác được.",
                "Permit and paper hold no more from now on. It cannot be taken back.",
            ),
            sources=("proposed",),
            to="revoked",
            roles=_WARD,
            next_step=True,
            decides=True,
            asks=(
                Input(
                    name="document",
                    title=Text("Số quyết định thu hồi", "Number of the decision"),
                    hint=Text("Ví dụ: 20/QĐ-UBND.", "Such as 20/QĐ-UBND."),
                    required=True,
                    most=60,
                ),
            ),
            does=revoke_permit,
            grave=True,
        ),
        Move(
            name="keep",
            title=Text("Không thu hồi", "Do not revoke"),
            help=Text(
                "Kết thúc hồ sơ, giấy phép giữ nguyên hiệu lực. Không hoàn tác được.",
                "Ends the case; the permit stays as it is. It cannot be taken back.",
            ),
            sources=("received", "proposed"),
            to="kept",
            roles=_WARD,
            reason=True,
            grave=True,
        ),
    ),
)
