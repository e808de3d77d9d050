"""Who may write a layer, and what is told to who may not."""

from gis_platform.access.caller import Caller
from gis_platform.access.scopes import allows, require_scope
from gis_platform.errors import Forbidden, SignInNeeded
from gis_platform.layer.declaration import Layer


def may_edit(layer: Layer, caller: Caller) -> bool:
    """True where the caller's role is one of the layer's editors and sees the layer, and its key may."""
    return caller.role in layer.editors & layer.audience and allows(caller.scopes, "write", layer.name)


def require_editor(layer: Layer, caller: Caller) -> None:
    """Raises SignInNeeded or Forbidden, with the roles that may."""
    if may_edit(layer, caller):
        return
    if caller.role in layer.editors & layer.audience:
        require_scope(caller, "write", layer.name)
    who = ", ".join(sorted(layer.editors))
    if caller.kind == "anonymous":
        raise SignInNeeded(
            f"{layer.name} is written by: {who}. Sign in, or send a bearer token.",
            detail_vi=f"Chỉ cán bộ được giao mới sửa được lớp “{layer.title.vi}”. Hãy đăng nhập.",
        )
    raise Forbidden(
        f"{layer.name} is written by: {who}; not by the role {caller.role}.",
        detail_vi=f"Vai trò của bạn không được sửa lớp “{layer.title.vi}”.",
    )
