"""What a permit may be of, and what may have become of it, for people."""

from gis_platform.layer.text import Text
from layers.permits.check.proposal import KINDS as ASKED_KINDS

#: Adjusting and extending change a permit that is there; it stays what it was.
KINDS = {name: ASKED_KINDS[name] for name in ("new", "repair", "relocation", "temporary")}

#: As it is kept.
STATES = {
    "valid": Text("Đã cấp", "Issued"),
    "adjusted": Text("Đã cấp, có điều chỉnh", "Issued and adjusted"),
    "revoked": Text("Đã thu hồi", "Revoked"),
}
#: As it is on a day: a permit that was not begun in time is told apart.
STATES_ON_A_DAY = STATES | {"expired": Text("Hết hiệu lực", "Expired")}
