"""The moves of an application for a construction permit, and what each asks for."""

from gis_platform.access.roles import Role
from gis_platform.casework import ClockChange, Input, Move, Onto
from gis_platform.layer.text import Text
from layers.permits.for_cases import issue_permit, propose_permit
from layers.permits.written import TITLES

_WARD = frozenset({Role.PERMIT})
_PAUSED = (ClockChange("thoi_han", Onto.PAUSE), ClockChange("bo_sung", Onto.START))
_RESUMED = (ClockChange("thoi_han", Onto.RESUME), ClockChange("bo_sung", Onto.STOP))

_DESPITE = Input(
    name="why_despite",
    title=Text("Lý do đề xuất dù có mục không đạt", "Why in spite of what fails"),
    hint=Text(
        "Bắt buộc nếu kết quả kiểm tra có mục không đạt. Không ghi tên người.",
        "Needed where a line of the check fails. No names.",
    ),
    most=500,
)
_SIGNED = (
    Input(
        name="document",
        title=Text("Số giấy phép (hoặc số văn bản điều chỉnh, gia hạn)", "Number of the permit or document"),
        hint=Text("Ví dụ: 15/GPXD. Số này hiện công khai.", "Such as 15/GPXD; everybody sees it."),
        required=True,
        most=60,
    ),
    Input(
        name="signer",
        title=Text("Người ký", "Who signs"),
        hint=Text(
            "Họ và tên người ký. Không hiện công khai.", "Name of who signs. It is not shown to the public."
        ),
        required=True,
        most=100,
    ),
    Input(
        name="signer_title",
        title=Text("Chức vụ người ký", "Office of who signs"),
        hint=Text(f"Một trong: {', '.join(TITLES)}.", f"One of: {', '.join(TITLES)}."),
        required=True,
        most=40,
    ),
    Input(
        name="ground_level",
        title=Text("Cốt nền xây dựng (m)", "Ground level (m)"),
        hint=Text(
            "Theo hệ cao độ Hòn Dấu. Ví dụ: 1,85. Điều chỉnh mà để trống thì giữ số đã cấp.",
            "In the heights of Hòn Dấu. Such as 1,85. Left empty an adjustment keeps what was issued.",
        ),
        most=12,
    ),
    Input(
        name="floor_area",
        title=Text("Tổng diện tích sàn theo bản vẽ (m²)", "Total floor area of the drawings (m²)"),
        hint=Text(
            "Để trống thì lấy diện tích xây dựng nhân số tầng. Điều chỉnh giấy phép đã ghi số khác thì phải "
            "ghi.",
            "Left empty: the footprint times the number of floors. Needed to adjust a permit that states "
            "another figure.",
        ),
        most=12,
    ),
    Input(
        name="why_floor_area",
        title=Text("Lý do cấp dù vượt hệ số sử dụng đất", "Why in spite of the floor area ratio"),
        hint=Text(
            "Bắt buộc nếu tổng diện tích sàn vượt hệ số được phép của kết quả kiểm tra. Không ghi tên người.",
            "Needed where the floor area is above the ratio that the check allows. No names.",
        ),
        most=500,
    ),
    Input(
        name="valid_until",
        title=Text("Công trình được tồn tại đến ngày", "The building may stand until"),
        hint=Text(
            "Bắt buộc với giấy phép có thời hạn. Ví dụ: 31/12/2030.",
            "Needed for a temporary permit. Such as 31/12/2030.",
        ),
        most=10,
    ),
    Input(
        name="why_overlap",
        title=Text("Lý do cấp dù chồng lấn giấy phép khác", "Why in spite of the overlap"),
        hint=Text(
            "Bắt buộc nếu công trình chồng lấn giấy phép khác còn hiệu lực. Không ghi tên người.",
            "Needed where the building overlaps another permit in force. No names.",
        ),
        most=500,
    ),
)

MOVES = (
    Move(
        name="take_up",
        title=Text("Bắt đầu thẩm định", "Begin checking"),
        help=Text(
            "Nhận hồ sơ để kiểm tra giấy tờ, bản vẽ và hiện trạng.",
            "Take the file up: papers, drawings and site are checked.",
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
            "Chỉ được yêu cầu một lần. Hệ thống dừng tính thời hạn cho đến khi người nộp bổ sung; quy định "
            "về việc dừng tính này chưa kiểm chứng. Ghi đủ giấy tờ cần bổ sung.",
            "May be asked once. The time limit stands still here until the applicant has added what is "
            "missing; that it does by the rules is not verified. Name all that is missing.",
        ),
        sources=("received", "checking"),
        to="supplement",
        roles=_WARD,
        reason=True,
        once=True,
        clocks=_PAUSED,
        tells=Text("Hồ sơ giấy phép xây dựng của ông/bà cần bổ sung", "Your application needs a supplement"),
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
        name="refuse_unsupplemented",
        title=Text("Không cấp vì không bổ sung", "Refuse: nothing was added"),
        help=Text(
            "Khi đã hết thời gian bổ sung mà người nộp không bổ sung. Không hoàn tác được.",
            "Once the time to supplement is over and nothing came. It cannot be taken back.",
        ),
        sources=("supplement",),
        to="refused",
        roles=_WARD,
        reason=True,
        after="bo_sung",
        tells=Text("Hồ sơ giấy phép xây dựng của ông/bà đã có kết quả", "Your application has been decided"),
        grave=True,
    ),
    Move(
        name="propose",
        title=Text("Đề xuất cấp phép", "Propose the permit"),
        help=Text(
            "Trình quyết định theo công trình nộp sau cùng và kết quả kiểm tra của công trình đó. Hồ sơ phải "
            "đủ thành phần.",
            "Puts the building handed in last, with its check, before the one who decides. The dossier must "
            "be whole.",
        ),
        sources=("checking",),
        to="proposed",
        roles=_WARD,
        next_step=True,
        decides=True,
        dossier=True,
        consulted=True,
        asks=(_DESPITE,),
        does=propose_permit,
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
        title=Text("Cấp giấy phép", "Issue the permit"),
        help=Text(
            "Ghi giấy phép vào sổ, lập giấy phép có mã và báo cho người nộp. Không hoàn tác được.",
            "Enters the permit, makes its paper with a code and tells the applicant. It cannot be taken "
            "back.",
        ),
        sources=("proposed",),
        to="issued",
        roles=_WARD,
        next_step=True,
        decides=True,
        consulted=True,
        asks=_SIGNED,
        does=issue_permit,
        tells=Text("Hồ sơ giấy phép xây dựng của ông/bà đã có kết quả", "Your application has been decided"),
        grave=True,
    ),
    Move(
        name="refuse",
        title=Text("Không cấp phép", "Refuse"),
        help=Text(
            "Kết thúc hồ sơ với lý do, người nộp được thông báo. Không hoàn tác được.",
            "Ends the case with a reason, which the applicant is told. It cannot be taken back.",
        ),
        sources=("checking", "proposed"),
        to="refused",
        roles=_WARD,
        decides=True,
        reason=True,
        tells=Text("Hồ sơ giấy phép xây dựng của ông/bà đã có kết quả", "Your application has been decided"),
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
        grave=True,
    ),
)
