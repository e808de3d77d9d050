"""The way of an application for a house number (cấp số nhà), from the counter to the decision.

Who decides and within how many days was not read in the text of the circular: the terms are dated rules
marked as not verified (``rule_sets/cap_so_nha.toml``), and roles are those of the ward, which reviews and
proposes.
"""

from gis_platform.access.roles import Role
from gis_platform.casework import (
    Clock,
    ClockChange,
    Detail,
    Document,
    Input,
    Move,
    Onto,
    Outcome,
    State,
    Workflow,
)
from gis_platform.layer.text import Text
from layers.numbering.for_cases import give_number, keep_number, let_number_go

_WARD = frozenset({Role.PERMIT})
_OFFICE, _TARGET, _APPLICANT = "thoi_han", "muc_tieu", "bo_sung"
_PAUSED = (
    ClockChange(_OFFICE, Onto.PAUSE),
    ClockChange(_TARGET, Onto.PAUSE),
    ClockChange(_APPLICANT, Onto.START),
)
_RESUMED = (
    ClockChange(_OFFICE, Onto.RESUME),
    ClockChange(_TARGET, Onto.RESUME),
    ClockChange(_APPLICANT, Onto.STOP),
)
_NUMBER = (
    Input(
        name="number",
        title=Text("Số nhà khác số đề xuất", "A number that is not the one proposed"),
        hint=Text("Ví dụ: 73B hoặc 12/5/3.", "Such as 73B or 12/5/3."),
        most=60,
    ),
    Input(
        name="street",
        title=Text("Tên đường khác đường đề xuất", "A street that is not the one proposed"),
        hint=Text("Ghi tên đường như trên bản đồ.", "Its name as on the map."),
    ),
    Input(
        name="why_not_proposed",
        title=Text("Lý do chọn số hoặc đường khác", "Why another number or street"),
        hint=Text("Bắt buộc nếu khác số đề xuất.", "Needed where it is not the one proposed."),
        most=500,
    ),
)

WORKFLOW = Workflow(
    name="house_number",
    title=Text("Cấp số nhà", "House number"),
    about=Text(
        "Hồ sơ đề nghị cấp số nhà cho thửa đất hoặc căn nhà chưa có số.",
        "An application for the number of a house or lot that has none.",
    ),
    subject="parcels",
    readers=frozenset({Role.PERMIT, Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN}),
    openers=_WARD,
    online=True,
    details={
        "purpose": Detail(title=Text("Nội dung đề nghị", "What is asked for")),
        "street": Detail(title=Text("Đường, hẻm", "Street or alley")),
    },
    outcomes={
        "address": Outcome(Text("Số nhà", "House number")),
        "document": Outcome(Text("Văn bản cấp số nhà", "Document that gave it")),
        "certificate": Outcome(
            Text("Mã giấy chứng nhận số nhà", "Code of the certificate"), link="/so-nha/{}"
        ),
    },
    documents=(
        Document(name="application", title=Text("Đơn đề nghị cấp số nhà", "Application form")),
        Document(name="land_paper", title=Text("Giấy tờ về đất, nhà", "Land or house paper")),
        Document(name="site_photo", title=Text("Ảnh hiện trạng", "Photo of the site")),
        Document(
            name="decision", title=Text("Văn bản trả lời, quyết định", "Reply or decision"), office=True
        ),
    ),
    clocks=(
        Clock(
            name=_OFFICE,
            title=Text("Thời hạn giải quyết", "Time limit"),
            rule="house_number.deadline",
        ),
        Clock(
            name=_TARGET,
            title=Text("Mục tiêu của thành phố", "City target"),
            rule="house_number.city_target",
        ),
        Clock(
            name=_APPLICANT,
            title=Text("Thời gian bổ sung hồ sơ", "Time to supplement"),
            rule="house_number.supplement",
        ),
    ),
    starts=(_OFFICE, _TARGET),
    initial="received",
    states=(
        State(name="received", title=Text("Mới tiếp nhận", "Received")),
        State(name="checking", title=Text("Đang kiểm tra", "Being checked")),
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
            title=Text("Đã đề xuất, chờ quyết định", "Proposed, waits for the decision"),
            public=Text("Đang trình quyết định", "Before the one who decides"),
        ),
        State(name="issued", title=Text("Đã cấp số nhà", "Number issued"), ends=True),
        State(name="refused", title=Text("Không cấp", "Refused"), ends=True),
        State(name="withdrawn", title=Text("Người nộp đã rút", "Withdrawn"), ends=True),
    ),
    moves=(
        Move(
            name="take_up",
            title=Text("Bắt đầu kiểm tra", "Begin checking"),
            help=Text(
                "Nhận hồ sơ để kiểm tra giấy tờ và hiện trạng.",
                "Take the file up: papers and site are checked.",
            ),
            sources=("received",),
            to="checking",
            roles=_WARD,
            next_step=True,
        ),
        Move(
            name="ask_supplement",
            title=Text("Yêu cầu bổ sung", "Ask for a supplement"),
            help=Text(
                "Thời hạn dừng tính cho đến khi người nộp bổ sung. Ghi rõ cần bổ sung giấy tờ gì.",
                "The time limit stands still until the applicant has added what is missing. Say what that "
                "is.",
            ),
            sources=("received", "checking"),
            to="supplement",
            roles=_WARD,
            reason=True,
            clocks=_PAUSED,
            tells=Text("Hồ sơ của ông/bà cần bổ sung", "Your application needs a supplement"),
        ),
        Move(
            name="supplemented",
            title=Text("Đã nhận bổ sung", "Supplement received"),
            help=Text(
                "Thời hạn tính tiếp từ ngày sau ngày nhận bổ sung.",
                "The time limit goes on with the day after the supplement came.",
            ),
            sources=("supplement",),
            to="checking",
            roles=_WARD,
            next_step=True,
            clocks=_RESUMED,
        ),
        Move(
            name="propose",
            title=Text("Đề xuất số nhà", "Propose a number"),
            help=Text(
                "Dành số nhà cho thửa đất và trình quyết định. Hồ sơ phải có đơn đề nghị. Để trống các ô để "
                "lấy số do bản đồ đề xuất.",
                "Keeps a number for the lot and puts it before the one who decides. The file must hold the "
                "application. Leave the boxes empty to take the number that the map proposes.",
            ),
            sources=("checking",),
            to="proposed",
            roles=_WARD,
            next_step=True,
            decides=True,
            documents=("application",),
            asks=_NUMBER,
            does=keep_number,
        ),
        Move(
            name="back_to_checking",
            title=Text("Trả lại để kiểm tra", "Send back"),
            help=Text(
                "Đề xuất chưa đạt, cần kiểm tra lại.", "The proposal will not do yet; it is checked again."
            ),
            sources=("proposed",),
            to="checking",
            roles=_WARD,
            note=True,
        ),
        Move(
            name="issue",
            title=Text("Cấp số nhà", "Issue the number"),
            help=Text(
                "Cấp số nhà đã dành, kết thúc hồ sơ và báo cho người nộp. Không hoàn tác được.",
                "Gives the number that was kept, ends the case and tells the applicant. It cannot be taken "
                "back.",
            ),
            sources=("proposed",),
            to="issued",
            roles=_WARD,
            next_step=True,
            decides=True,
            tells=Text("Hồ sơ cấp số nhà của ông/bà đã có kết quả", "Your house number has been decided"),
            asks=(
                Input(
                    name="document",
                    title=Text("Số văn bản cấp số nhà", "Number of the document"),
                    hint=Text(
                        "Ví dụ: 15/QĐ-UBND. Số này được ghi trong sổ số nhà.",
                        "Such as 15/QĐ-UBND; it stands in the register.",
                    ),
                    required=True,
                ),
            ),
            does=give_number,
            grave=True,
        ),
        Move(
            name="refuse",
            title=Text("Không cấp", "Refuse"),
            help=Text(
                "Kết thúc hồ sơ với lý do, người nộp được thông báo. Không hoàn tác được.",
                "Ends the case with a reason, which the applicant is told. It cannot be taken back.",
            ),
            sources=("checking", "proposed"),
            to="refused",
            roles=_WARD,
            decides=True,
            reason=True,
            tells=Text("Hồ sơ cấp số nhà của ông/bà đã có kết quả", "Your application has been decided"),
            does=let_number_go,
            grave=True,
        ),
        Move(
            name="withdraw",
            title=Text("Người nộp rút hồ sơ", "Applicant withdraws"),
            help=Text(
                "Người nộp đề nghị rút hồ sơ. Không hoàn tác được.",
                "The applicant asked for the file back. It cannot be taken back.",
            ),
            sources=("received", "checking", "supplement", "proposed"),
            to="withdrawn",
            roles=_WARD,
            reason=True,
            does=let_number_go,
            grave=True,
        ),
    ),
)
