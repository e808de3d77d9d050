"""What people do themselves: a machine key, which stands for nobody at the keyboard, is refused it."""

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Forbidden
from gis_platform.layer.text import Text

PERSONAL_DATA = Text("Xem dữ liệu cá nhân của hồ sơ", "Looking at the personal data of a case")


def require_person(work: UnitOfWork, what: Text) -> None:
    """Raises Forbidden where the caller came with a machine key."""
    if work.caller.key is None:
        return
    raise Forbidden(
        f"{what.en} is done in person, by an officer who has signed in; "
        f"the key {work.caller.key.name} may not.",
        detail_vi=f"“{what.vi}” phải do chính cán bộ đăng nhập thực hiện; khoá máy "
        f"“{work.caller.key.name}” không được phép.",
    )
