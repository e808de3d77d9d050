"""Applications in two kinds, with a term and a dossier by kind, one supplement, and bodies that are asked."""

from collections.abc import Mapping

from gis_platform.access.roles import Role
from gis_platform.casework import Clock, ClockChange, Detail, Document, Move, Onto, State, Workflow
from gis_platform.layer.text import Text

_WARD = frozenset({Role.PERMIT})


def _limit(details: Mapping[str, str]) -> str:
    return f"trial.limit.{details['kind']}"


WORKFLOW = Workflow(
    name="trial",
    title=Text("Hồ sơ thử", "Trial"),
    about=Text("Hồ sơ dùng trong phép thử.", "A case of the tests."),
    readers=_WARD | {Role.AUDITOR},
    openers=_WARD,
    details={
        "kind": Detail(
            title=Text("Loại", "Kind"),
            choices={"small": Text("Nhỏ", "Small"), "large": Text("Lớn", "Large")},
            required=True,
        ),
        "purpose": Detail(title=Text("Nội dung", "Purpose"), most=20),
    },
    kind="kind",
    documents=(
        Document(name="form", title=Text("Mẫu đơn", "Form"), needed_for=frozenset({"small", "large"})),
        Document(name="plan", title=Text("Bản vẽ", "Drawing"), needed_for=frozenset({"large"})),
    ),
    clocks=(
        Clock(name="limit", title=Text("Thời hạn", "Limit"), rule=_limit),
        Clock(name="added", title=Text("Thời hạn bổ sung", "Time to add"), rule="trial.added"),
    ),
    starts=("limit",),
    consultation="trial.opinion",
    initial="received",
    states=(
        State(name="received", title=Text("Mới nhận", "Received")),
        State(name="waiting", title=Text("Chờ bổ sung", "Waits"), waits=True),
        State(name="done", title=Text("Đã xong", "Done"), ends=True),
        State(name="dropped", title=Text("Đã trả lại", "Dropped"), ends=True),
    ),
    moves=(
        Move(
            name="ask",
            title=Text("Yêu cầu bổ sung", "Ask for more"),
            help=Text("Chỉ một lần.", "Once only."),
            sources=("received",),
            to="waiting",
            roles=_WARD,
            once=True,
            clocks=(ClockChange("limit", Onto.PAUSE), ClockChange("added", Onto.START)),
        ),
        Move(
            name="added",
            title=Text("Đã bổ sung", "Added"),
            help=Text("Tiếp tục.", "Goes on."),
            sources=("waiting",),
            to="received",
            roles=_WARD,
            next_step=True,
            clocks=(ClockChange("limit", Onto.RESUME), ClockChange("added", Onto.STOP)),
        ),
        Move(
            name="drop",
            title=Text("Trả hồ sơ", "Drop"),
            help=Text("Sau khi hết hạn bổ sung.", "After the time to add."),
            sources=("waiting",),
            to="dropped",
            roles=_WARD,
            after="added",
        ),
        Move(
            name="decide",
            title=Text("Quyết định", "Decide"),
            help=Text("Kết thúc.", "Ends it."),
            sources=("received",),
            to="done",
            roles=_WARD,
            next_step=True,
            dossier=True,
            consulted=True,
        ),
    ),
)
